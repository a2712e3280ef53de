import type { RgbaImage } from '@tenonjs/visualization';
import { element } from '../../page/element';
import { isGlance, type Method, methods, type Question, questions, wall } from '../methods';
import { contextOf, paint } from './paint';

/** Every method small, under the question that it answers: the one that is pressed is shown large. */
export class Wall {
  readonly #canvases = new Map<Method, HTMLCanvasElement>();

  constructor(onChoose: (method: Method) => void) {
    for (const [question, words] of Object.entries(questions) as [Question, string][]) {
      const row = Object.assign(document.createElement('div'), { className: 'wall' });
      row.append(...wall[question].map((method) => this.#button(method, () => onChoose(method))));
      element('wall').append(Object.assign(document.createElement('h3'), { textContent: words }), row);
    }
  }

  choose(chosen: Method): void {
    for (const [method, canvas] of this.#canvases) {
      canvas.closest('button')?.setAttribute('aria-pressed', String(method === chosen));
    }
  }

  /** All that is there was made for another picture, class or layer: it fades, and what went step by step is forgotten. */
  clear(): void {
    for (const [method, canvas] of this.#canvases) {
      canvas.parentElement?.classList.add(isGlance(method) ? 'stale' : 'waiting');
      if (!isGlance(method)) Object.assign(canvas, { width: 1, height: 1 });
    }
  }

  show(method: Method, image: RgbaImage): void {
    paint(this.#fresh(method), image);
  }

  /** Shows what is on another canvas. */
  copy(method: Method, from: HTMLCanvasElement): void {
    const canvas = this.#fresh(method);
    Object.assign(canvas, { width: from.width, height: from.height });
    contextOf(canvas).drawImage(from, 0, 0);
  }

  #button(method: Method, onClick: () => void): HTMLButtonElement {
    const button = Object.assign(document.createElement('button'), { type: 'button' });
    const small = Object.assign(document.createElement('span'), { className: 'small' });
    const canvas = document.createElement('canvas');
    canvas.setAttribute('aria-hidden', 'true');
    small.append(canvas);
    button.append(small, methods[method].title);
    button.addEventListener('click', onClick);
    this.#canvases.set(method, canvas);
    return button;
  }

  /** The canvas of a method, about to be painted. */
  #fresh(method: Method): HTMLCanvasElement {
    const canvas = this.#canvases.get(method) as HTMLCanvasElement;
    canvas.parentElement?.classList.remove('stale', 'waiting');
    return canvas;
  }
}
