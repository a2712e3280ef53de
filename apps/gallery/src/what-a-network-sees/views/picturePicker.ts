import type { RgbaImage } from '@tenonjs/visualization';
import { element } from '../../page/element';
import cat from '../photographs/cat.jpg?url';
import dog from '../photographs/dog.jpg?url';
import { type DrawnName, isPhotograph, pictureNames, pictureWords } from '../pictures';
import { paint } from './paint';

const photographs = { cat, dog };

/** Small pictures to pick one from, and a place for a file. */
export class PicturePicker {
  readonly #canvases = new Map<string, HTMLCanvasElement>();
  readonly #file = element<HTMLInputElement>('file');

  /** @param onFile - hears of a file that was chosen or dropped. */
  constructor(onFile: (file: File) => void) {
    element('targets').append(...pictureNames.map((name) => this.#label(name)));
    this.#file.addEventListener('change', (event) => {
      event.stopPropagation(); // no setting has changed
      const [file] = this.#file.files ?? [];
      if (file) onFile(file);
    });
    const place = element('own');
    for (const type of ['dragenter', 'dragover', 'dragleave', 'drop'] as const) {
      place.addEventListener(type, (event) => {
        event.preventDefault();
        place.toggleAttribute('data-over', type === 'dragenter' || type === 'dragover');
        const [file] = event.dataTransfer?.files ?? [];
        if (type === 'drop' && file) onFile(file);
      });
    }
  }

  /** Whether one of the pictures is picked: none is while the visitor's own is looked at. */
  get picked(): boolean {
    return document.querySelector('#targets input:checked') !== null;
  }

  showDrawn(pictures: Record<DrawnName, RgbaImage>): void {
    for (const [name, picture] of Object.entries(pictures)) {
      const canvas = this.#canvases.get(name);
      if (canvas) paint(canvas, picture);
    }
  }

  /** @param own - the name of the visitor's file, when that is looked at. */
  describe(own: string | undefined): void {
    if (own === undefined) this.#file.value = '';
    else for (const input of document.querySelectorAll<HTMLInputElement>('#targets input')) input.checked = false;
  }

  #label(name: (typeof pictureNames)[number]): HTMLLabelElement {
    const label = document.createElement('label');
    const input = Object.assign(document.createElement('input'), { type: 'radio', name: 'picture', value: name });
    input.setAttribute('aria-label', pictureWords(name));
    label.append(input);
    if (isPhotograph(name)) {
      label.append(Object.assign(document.createElement('img'), { src: photographs[name], alt: '' }));
      return label;
    }
    const canvas = document.createElement('canvas');
    canvas.setAttribute('aria-hidden', 'true');
    this.#canvases.set(name, canvas);
    label.append(canvas);
    return label;
  }
}
