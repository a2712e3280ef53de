import { moveBorder, placeOf } from './borders';

/** A bar of parts whose borders can be dragged, or moved by the arrow keys. */
export class Strip {
  readonly #box: HTMLElement;
  readonly #name: (k: number) => string;
  readonly #parts: HTMLElement[];
  readonly #handles: HTMLElement[];
  readonly #onChange: (sizes: number[], done: boolean) => void;
  #sizes: readonly number[];

  /**
   * @param name - what part k is called: `class A`.
   * @param onChange - hears the sizes while a border moves, and once more when it is let go.
   */
  constructor(
    box: HTMLElement,
    sizes: readonly number[],
    name: (k: number) => string,
    onChange: (sizes: number[], done: boolean) => void,
  ) {
    this.#box = box;
    this.#sizes = sizes;
    this.#name = name;
    this.#onChange = onChange;
    this.#parts = sizes.map(() => Object.assign(document.createElement('div'), { className: 'part' }));
    this.#handles = sizes.slice(1).map((_, k) => this.#makeHandle(k));
    box.append(...this.#parts, ...this.#handles);
    this.show(sizes);
  }

  show(sizes: readonly number[]): void {
    this.#sizes = sizes;
    const all = sizes.reduce((sum, size) => sum + size, 0);
    for (const [k, part] of this.#parts.entries()) {
      part.style.flexGrow = String(sizes[k]);
      part.textContent = String(sizes[k]);
    }
    for (const [k, handle] of this.#handles.entries()) {
      const place = placeOf(sizes, k);
      handle.style.left = `${(100 * place) / all}%`;
      const [before, after] = [sizes[k] as number, sizes[k + 1] as number];
      handle.setAttribute('aria-valuenow', String(place));
      handle.setAttribute('aria-valuemin', String(place - before + 1));
      handle.setAttribute('aria-valuemax', String(place + after - 1));
      handle.setAttribute('aria-valuetext', `${this.#name(k)} ${before}, ${this.#name(k + 1)} ${after}`);
    }
  }

  #makeHandle(k: number): HTMLElement {
    const handle = document.createElement('button');
    handle.type = 'button';
    handle.className = 'border';
    handle.setAttribute('role', 'slider');
    handle.setAttribute('aria-label', `Border of ${this.#name(k)} and ${this.#name(k + 1)}`);
    const move = (place: number, done: boolean) => {
      this.show(moveBorder(this.#sizes, k, place));
      this.#onChange([...this.#sizes], done);
    };
    const placeAt = (x: number) => {
      const { left, width } = this.#box.getBoundingClientRect();
      return ((x - left) / width) * placeOf(this.#sizes, this.#sizes.length - 1);
    };
    handle.addEventListener('pointerdown', (event) => handle.setPointerCapture(event.pointerId));
    handle.addEventListener('pointermove', (event) => {
      if (handle.hasPointerCapture(event.pointerId)) move(placeAt(event.clientX), false);
    });
    handle.addEventListener('pointerup', (event) => move(placeAt(event.clientX), true));
    handle.addEventListener('keydown', (event) => {
      const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      move(placeOf(this.#sizes, k) + step, true);
    });
    return handle;
  }
}
