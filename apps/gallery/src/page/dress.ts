import type { Address, Writing } from './address';
import { element } from './element';

/**
 * What every page does when it is opened: says what its address asked for in vain, shows the code, and makes links to
 * other settings change them in place.
 *
 * @param code - what stands under "The same in code"; nothing where the page writes it itself.
 * @param follow - hears the settings of a link.
 */
export function dress<Settings>(
  address: Address<Settings>,
  { fromQuery }: Writing<Settings>,
  { code, follow }: { code?: string; follow: (settings: Settings) => void },
): void {
  if (address.refused.length > 0) {
    const words = element('refused');
    words.hidden = false;
    words.textContent = `The address asked for ${address.refused.join(', ')}, which cannot be had; the usual is taken.`;
  }
  if (code !== undefined) element('code').textContent = code.trim();
  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('a[data-settings]');
    if (link === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    follow(fromQuery(link.search).settings);
    element('laboratory').focus();
  });
}
