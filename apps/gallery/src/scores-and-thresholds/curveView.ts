/** A picture with a frame from 0 to 1 on both axes, and something in it that moves with the threshold. */
export class CurveView {
  readonly #box: HTMLElement;
  readonly #draw: (width: number) => string;
  readonly #mark: 'dot' | 'line';
  #here: SVGElement | undefined;
  #frame = { x: 0, y: 0, width: 0, height: 0 };

  /** @param mark - a dot at both coordinates, or a line from bottom to top at the first. */
  constructor(box: HTMLElement, mark: 'dot' | 'line', draw: (width: number) => string) {
    this.#box = box;
    this.#mark = mark;
    this.#draw = draw;
  }

  redraw(): void {
    this.#box.innerHTML = this.#draw(Math.min(Math.max(260, this.#box.clientWidth), 520));
    const frame = this.#box.querySelector('[aria-label="frame"]');
    const number = (name: string) => Number(frame?.getAttribute(name));
    this.#frame = { x: number('x'), y: number('y'), width: number('width'), height: number('height') };
    this.#here = document.createElementNS('http://www.w3.org/2000/svg', this.#mark === 'dot' ? 'circle' : 'line');
    this.#here.setAttribute('class', 'here');
    if (this.#mark === 'dot') this.#here.setAttribute('r', '6.5');
    this.#box.querySelector('svg')?.append(this.#here);
  }

  /** Moves the mark: 0 … 1 each. */
  show(across: number, up = 0): void {
    const { x, y, width, height } = this.#frame;
    const left = String(x + across * width);
    const top = String(y + (1 - up) * height);
    const places = this.#mark === 'dot' ? { cx: left, cy: top } : { x1: left, x2: left, y1: y, y2: y + height };
    for (const [name, value] of Object.entries(places)) this.#here?.setAttribute(name, String(value));
  }
}
