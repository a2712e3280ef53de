import { element } from '../../page/element';
import { type ShapeName, shapeNames } from '../shapes/outlines';

/** What the network gives each shape, as bars that are buttons: the pressed class is explained. */
export class Verdict {
  readonly #buttons: HTMLButtonElement[];

  constructor(onChoose: (name: ShapeName) => void) {
    this.#buttons = shapeNames.map((name) => {
      const button = Object.assign(document.createElement('button'), { type: 'button' });
      const words = Object.assign(document.createElement('span'), { textContent: name });
      const bar = document.createElement('i');
      bar.setAttribute('aria-hidden', 'true');
      button.append(words, bar, Object.assign(document.createElement('b'), { textContent: '–' }));
      button.addEventListener('click', () => onChoose(name));
      element('verdict').append(button);
      return button;
    });
  }

  /** @param target - the class that is explained. */
  show(probabilities: readonly number[], target: number): void {
    this.#buttons.forEach((button, i) => {
      const probability = probabilities[i] as number;
      button.style.setProperty('--share', `${100 * probability}%`);
      button.setAttribute('aria-pressed', String(i === target));
      const words = button.querySelector('b');
      if (words) words.textContent = percent(probability);
    });
  }
}

/** A probability as one reads it: never 0 or 100 where it is not. */
export function percent(probability: number): string {
  const hundredth = 100 * probability;
  if (hundredth > 0 && hundredth < 0.1) return '< 0.1 %';
  if (hundredth < 100 && hundredth > 99.9) return '> 99.9 %';
  return `${hundredth.toFixed(hundredth < 9.95 || hundredth > 99 ? 1 : 0)} %`;
}
