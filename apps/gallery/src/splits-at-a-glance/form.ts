import { bounds, defaults, type Settings } from './settings';
import { offerOf, type SplitterName, splitterNames, splitters } from './splitters';

const numbers = ['nSplits', 'testShare', 'gap', 'seed'] as const;

/** The form beside the picture: shows settings, and says when the visitor has changed one. */
export class SplitsForm {
  readonly #form: HTMLFormElement;
  #sizes: Pick<Settings, 'classes' | 'groups'> = defaults;

  constructor(form: HTMLFormElement, onChange: (settings: Settings) => void) {
    this.#form = form;
    const select = this.#control<HTMLSelectElement>('splitter');
    for (const [kind, names] of Map.groupBy(splitterNames, (name) => splitters[name].kind)) {
      const group = Object.assign(document.createElement('optgroup'), { label: kind });
      group.append(...names.map((name) => new Option(name, name)));
      select.append(group);
    }
    for (const name of numbers) {
      const input = this.#control<HTMLInputElement>(name);
      input.min = String(bounds[name].from);
      input.max = String(bounds[name].to);
    }
    form.addEventListener('submit', (event) => event.preventDefault());
    form.addEventListener('input', () => {
      if (form.checkValidity()) onChange(this.read());
    });
    form.querySelector('#even')?.addEventListener('click', () => {
      const { classes, groups } = defaults;
      onChange({ ...this.read(), classes, groups });
    });
  }

  show(settings: Settings): void {
    this.#sizes = settings;
    for (const name of ['splitter', 'order', ...numbers] as const) {
      const control = this.#form.elements.namedItem(name) as HTMLInputElement | RadioNodeList;
      control.value = String(settings[name]);
    }
    this.#control<HTMLInputElement>('shuffle').checked = settings.shuffle;
    const { takes, words } = offerOf(settings.splitter);
    this.#place('words').textContent = words;
    for (const field of this.#form.querySelectorAll<HTMLElement>('[data-for]')) {
      field.hidden = !takes.includes(field.dataset.for as (typeof takes)[number]);
    }
    // A seed without shuffling changes nothing, and is an error.
    const needsShuffle = takes.includes('shuffle') && !settings.shuffle;
    this.#control<HTMLInputElement>('seed').disabled = needsShuffle;
    this.#place('nSplits-words').textContent = String(settings.nSplits);
    this.#place('testShare-words').textContent = `${settings.testShare} %`;
    this.#place('gap-words').textContent = settings.gap === 1 ? '1 sample' : `${settings.gap} samples`;
  }

  read(): Settings {
    const value = (name: keyof Settings) =>
      (this.#form.elements.namedItem(name) as HTMLInputElement | RadioNodeList).value;
    return {
      splitter: value('splitter') as SplitterName,
      nSplits: Number(value('nSplits')),
      shuffle: this.#control<HTMLInputElement>('shuffle').checked,
      testShare: Number(value('testShare')),
      gap: Number(value('gap')),
      seed: Number(value('seed')),
      order: value('order') as Settings['order'],
      classes: this.#sizes.classes,
      groups: this.#sizes.groups,
    };
  }

  #control<E extends Element>(name: string): E {
    return this.#form.elements.namedItem(name) as unknown as E;
  }

  #place(id: string): HTMLElement {
    const found = this.#form.querySelector<HTMLElement>(`#${id}`);
    if (found === null) throw new Error(`SplitsForm: the page must have an element #${id}`);
    return found;
  }
}
