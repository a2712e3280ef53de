import { element } from '../../page/element';
import type { Stack } from '../stack/blocks';
import { presets } from '../stack/presets';
import { make } from './make';

/** Buttons for stacks to begin with, and what is to be known of the last that was pressed. */
export function showPresets(onChoose: (stack: Stack) => void): void {
  for (const [name, { label, words, stack }] of Object.entries(presets)) {
    const button = make('button', { type: 'button', textContent: label, id: `preset-${name}` });
    button.addEventListener('click', () => {
      element('preset-words').textContent = words;
      onChoose(stack);
    });
    element('presets').append(button);
  }
}
