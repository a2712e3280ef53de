import { element } from '../../page/element';
import { type Stack, writeStack } from '../stack/blocks';
import { presets } from '../stack/presets';
import { make } from './make';

/** Buttons for stacks to begin with; the one that is built is marked, and described. */
export class PresetsView {
  readonly #buttons: HTMLButtonElement[];

  constructor(onChoose: (stack: Stack) => void) {
    this.#buttons = Object.values(presets).map(({ label, stack }) => {
      const button = make('button', { type: 'button', textContent: label });
      button.addEventListener('click', () => onChoose(stack));
      return button;
    });
    element('presets').append(...this.#buttons);
  }

  show(stack: Stack): void {
    const text = writeStack(stack);
    const built = Object.values(presets).findIndex((preset) => writeStack(preset.stack) === text);
    for (const [i, button] of this.#buttons.entries()) button.setAttribute('aria-pressed', String(i === built));
    element('preset-words').textContent = Object.values(presets)[built]?.words ?? '';
  }
}
