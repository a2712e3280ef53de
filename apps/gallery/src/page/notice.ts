import { element } from './element';

/** A message that the visitor must see, with a way out. */
export class Notice {
  readonly #box = element('notice');

  /** @param onRetry - the visitor wants a fresh start. */
  constructor(onRetry: () => void) {
    this.#box.querySelector('button')?.addEventListener('click', onRetry);
  }

  show(title: string, words: string): void {
    this.#write(title, words);
    this.#box.hidden = false;
  }

  hide(): void {
    this.#box.hidden = true;
    this.#write('', '');
  }

  #write(title: string, words: string): void {
    const [strong, paragraph] = [this.#box.querySelector('strong'), this.#box.querySelector('p')];
    if (strong) strong.textContent = title;
    if (paragraph) paragraph.textContent = words;
  }
}
