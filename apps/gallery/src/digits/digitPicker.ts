import { element } from '../page/element';
import { paintDigit } from './paintDigit';
import { DIGITS, kindOf, PIXELS } from './shape';

/** Small pictures of the real digits to pick one from: radio buttons under the name of a setting. */
export class DigitPicker {
  readonly #canvases: HTMLCanvasElement[];
  #digits: Uint8Array | undefined;

  /** @param name - of the setting, and of the box on the page. */
  constructor(name: string) {
    const box = element(`${name}-digits`);
    this.#canvases = Array.from({ length: DIGITS }, (_, i) => {
      const label = document.createElement('label');
      const input = Object.assign(document.createElement('input'), { type: 'radio', name, value: String(i) });
      input.setAttribute('aria-label', `a ${kindOf(i)}, number ${i}`);
      const canvas = document.createElement('canvas');
      canvas.setAttribute('aria-hidden', 'true');
      label.append(input, canvas);
      box.append(label);
      return canvas;
    });
  }

  /** @param digits - [DIGITS, 28, 28], 0 … 255. */
  show(digits: Uint8Array): void {
    this.#digits = digits;
    this.repaint();
  }

  repaint(): void {
    const digits = this.#digits;
    if (digits === undefined) return;
    this.#canvases.forEach((canvas, i) => {
      paintDigit(canvas, digits.subarray(i * PIXELS, (i + 1) * PIXELS));
    });
  }
}
