/**
 * Runs inside a page (it may use nothing from outside itself): finds text that contrasts too little with what is behind
 * it, controls and images without a name, fields without a label, and headings that skip a level.
 *
 * @returns one line for each complaint.
 */
export function auditPage(): string[] {
  type Colour = [number, number, number, number];
  const complaints: string[] = [];
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  if (canvas === null) return ['no canvas to measure colours with'];

  /** Any CSS colour, as red, green, blue and opacity. */
  const parse = (colour: string): Colour => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r = 0, g = 0, b = 0, a = 0] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  /** The first opaque colour behind an element. */
  const behind = (element: Element): Colour => {
    for (let at: Element | null = element; at !== null; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour[3] > 0.99) return colour;
    }
    return [255, 255, 255, 1];
  };
  const luminance = (colour: Colour) => {
    const [r = 0, g = 0, b = 0] = colour
      .slice(0, 3)
      .map((c) => c / 255)
      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a: Colour, b: Colour) => {
    const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };
  const isSeen = (element: Element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const tell = (element: Element) => `<${element.tagName.toLowerCase()}> "${element.textContent?.trim().slice(0, 40)}"`;

  for (const element of document.body.querySelectorAll('*')) {
    const ownText = [...element.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
    );
    if (!ownText || !isSeen(element) || element.matches(':disabled, option, script, style')) continue;
    const ratio = contrast(parse(getComputedStyle(element).color), behind(element));
    if (ratio < 4.5 /* WCAG 2.2 AA */) complaints.push(`contrast ${ratio.toFixed(2)}: ${tell(element)}`);
  }

  const text = (ids: string | null) =>
    (ids ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent?.trim() ?? '')
      .join(' ')
      .trim();
  for (const element of document.querySelectorAll('a, button, input, select, img, [role=img], form, fieldset')) {
    if (!isSeen(element) && !element.matches('input')) continue;
    const labels =
      element instanceof HTMLInputElement || element instanceof HTMLSelectElement ? [...(element.labels ?? [])] : [];
    const name =
      element.getAttribute('aria-label') ||
      text(element.getAttribute('aria-labelledby')) ||
      labels.map((label) => label.textContent?.trim()).join(' ') ||
      (element.matches('img')
        ? element.getAttribute('alt')
        : element.matches('fieldset')
          ? element.querySelector('legend')?.textContent
          : element.matches('a, button')
            ? element.textContent?.trim() || element.querySelector('img')?.alt
            : '');
    const isDecoration = element.matches('img[alt=""]');
    if (!name && !isDecoration) complaints.push(`no name: ${element.outerHTML.slice(0, 100)}`);
  }

  let level = 0;
  for (const heading of document.querySelectorAll('h1, h2, h3, h4')) {
    const next = Number(heading.tagName[1]);
    if (next > level + 1) complaints.push(`heading skips a level: ${tell(heading)}`);
    level = next;
  }
  if (document.querySelectorAll('h1').length !== 1) complaints.push('there must be one h1');
  if (!document.documentElement.lang) complaints.push('the page has no language');
  return complaints;
}
