import { paintDigit } from '../../digits/paintDigit';
import { PIXELS } from '../../digits/shape';
import { element } from '../../page/element';
import { type Half, isGiven, LEVELS } from '../halves';
import { ANSWERS } from '../protocol';

/** The answers and then the real digit, as buttons: the one that is pressed is looked into. */
export class Answers {
  readonly #buttons: HTMLButtonElement[];
  #images = new Float32Array((ANSWERS + 1) * PIXELS);
  #given: Half = 'top';

  /** @param onChoose - hears which one was pressed: of the answers, or ANSWERS for the real digit. */
  constructor(onChoose: (image: number) => void) {
    this.#buttons = Array.from({ length: ANSWERS + 1 }, (_, image) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'answer';
      const canvas = Object.assign(document.createElement('canvas'), { className: 'digit' });
      canvas.setAttribute('aria-hidden', 'true');
      const words = document.createElement('span');
      button.append(canvas, words);
      button.setAttribute('aria-label', image === ANSWERS ? 'The real digit' : `Answer ${image + 1}`);
      button.addEventListener('click', () => onChoose(image));
      element(image === ANSWERS ? 'real' : 'answers').append(button);
      return button;
    });
  }

  open(given: Half): void {
    this.#given = given;
  }

  /** @param images - levels, [n, 28, 28], the answers first. */
  show(images: Float32Array): void {
    this.#images.set(images);
    this.repaint();
  }

  /** @param words - under each. */
  describe(words: readonly string[]): void {
    this.#buttons.forEach((button, image) => {
      const place = button.querySelector('span');
      if (place) place.textContent = words[image] ?? '–';
    });
  }

  choose(chosen: number): void {
    this.#buttons.forEach((button, image) => {
      button.setAttribute('aria-pressed', String(image === chosen));
    });
  }

  repaint(): void {
    this.#buttons.forEach((button, image) => {
      const canvas = button.querySelector('canvas');
      if (canvas === null) return;
      paintDigit(canvas, this.#images.subarray(image * PIXELS, (image + 1) * PIXELS), {
        most: LEVELS - 1,
        isGiven: (pixel) => isGiven(this.#given, pixel),
      });
    });
  }
}
