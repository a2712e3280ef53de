import { element } from '../../page/element';
import {
  type Block,
  fieldsOf,
  type Kind,
  kindNames,
  kinds,
  MOST_BLOCKS,
  valuesOf,
  withField,
  writeStack,
} from '../stack/blocks';
import { type Edited, inserted, moved, removed, replaced } from '../stack/edit';
import { inputFigures, type Outline, outlineOf } from '../stack/figures';
import { choiceLabel, fieldLabels, figureWords, stageName, totalWords } from '../stack/words';
import { make } from './make';

interface Handlers {
  /** Blocks were changed, or another stage is to be looked into. @param words - what was done, to be told. */
  onEdit(edited: Edited, words: string): void;
  /** A stage is pointed at, or none any more. */
  onPoint(stage: number | undefined): void;
}

/** The blocks as rows, from the digit to the classes, with everything that can be done to them. */
export class StackView {
  readonly #list = element<HTMLOListElement>('stack');
  readonly #insert = element<HTMLButtonElement>('insert');
  readonly #on: Handlers;
  #edited: Edited = { stack: [], look: 0 };
  /** The control to have the focus when rows are made anew: its stage and its name. */
  #focus: [stage: number, name: string] | undefined;
  #dragged: number | undefined;
  #shown = '';

  constructor(on: Handlers) {
    this.#on = on;
    const menu = element<HTMLSelectElement>('kind');
    for (const kind of kindNames) menu.add(new Option(kinds[kind].label, kind));
    this.#insert.addEventListener('click', () => {
      const next = inserted(this.#edited, menu.value as Kind);
      this.#edit(next, `${kinds[menu.value as Kind].label} is block ${next.look} now.`);
    });
    this.#list.addEventListener('pointerover', (event) => on.onPoint(stageOf(event.target)));
    this.#list.addEventListener('pointerleave', () => on.onPoint(undefined));
    this.#list.addEventListener('focusin', (event) => on.onPoint(stageOf(event.target)));
    this.#list.addEventListener('focusout', () => on.onPoint(undefined));
    this.#list.addEventListener('keydown', (event) => this.#press(event));
  }

  /** @returns the figures of the stack. */
  show(edited: Edited): Outline {
    this.#edited = edited;
    const outline = outlineOf(edited.stack);
    const text = writeStack(edited.stack);
    if (text !== this.#shown || this.#list.childElementCount === 0) this.#build(edited, outline);
    this.#shown = text;
    for (const [stage, button] of this.#list.querySelectorAll('.look').entries()) {
      button.setAttribute('aria-pressed', String(stage === Math.min(edited.look, edited.stack.length + 1)));
    }
    const names = edited.stack.map(({ kind }) => kind);
    this.#insert.textContent = `Put it in after ${stageName(names, Math.min(edited.look, names.length))}`;
    this.#insert.disabled = edited.stack.length >= MOST_BLOCKS;
    const { total } = outline;
    const isWhole = outline.blocks.every((figures) => figures !== undefined);
    element('weights').textContent = isWhole ? totalWords(total.weights) : '–';
    element('multiplications').textContent = isWhole ? totalWords(total.multiplications) : '–';
    element('blocks').textContent = String(edited.stack.length);
    return outline;
  }

  #build({ stack }: Edited, { blocks, problem }: Outline): void {
    const rows = [
      make('li', { className: 'block ends' }, [this.#look(0, 'Digit'), figuresOf(inputFigures)]),
      ...stack.map((block, at) => this.#row(block, at, blocks[at], problem?.at === at ? problem.words : undefined)),
      make('li', { className: 'block ends' }, [
        this.#look(stack.length + 1, 'Dense, ten classes'),
        figuresOf(blocks.at(-1)),
        ...problemOf(problem?.at === stack.length ? problem.words : undefined),
      ]),
    ];
    rows.forEach((row, stage) => {
      row.dataset.stage = String(stage);
    });
    this.#list.replaceChildren(...rows);
    const [stage, name] = this.#focus ?? [];
    if (stage === undefined) return;
    this.#focus = undefined;
    const row = this.#list.children[Math.min(stage, rows.length - 1)];
    const control = row?.querySelector<HTMLElement>(`[data-name="${name}"]:not(:disabled)`);
    (control ?? row?.querySelector<HTMLElement>('.look'))?.focus();
  }

  #row(block: Block, at: number, figures: Outline['blocks'][number], problem: string | undefined): HTMLElement {
    const { label } = kinds[block.kind];
    const name = `block ${at + 1}, ${label}`;
    const { length } = this.#edited.stack;
    const values = valuesOf(block);
    const fields = fieldsOf(block.kind).map(([field, choices], i) => {
      const menu = make(
        'select',
        {},
        choices.map((choice) => new Option(choiceLabel(field, choice), String(choice))),
      );
      menu.value = String(values[i]);
      menu.dataset.name = field;
      menu.setAttribute('aria-label', `${fieldLabels[field]} of ${name}`);
      menu.addEventListener('change', () => {
        this.#focus = [at + 1, field];
        this.#edit(replaced(this.#edited, at, withField(block, field, menu.value)), '');
      });
      return make('label', {}, [make('span', { textContent: fieldLabels[field] ?? field }), menu]);
    });
    const button = (what: string, sign: string, disabled: boolean, act: () => void) => {
      const made = make('button', { type: 'button', textContent: sign, disabled });
      made.dataset.name = what;
      made.setAttribute('aria-label', `${what} ${name}`);
      made.addEventListener('click', act);
      return made;
    };
    const moves = make('div', { className: 'moves' }, [
      button('Move up', '↑', at === 0, () => this.#move(at, at - 1, 'Move up')),
      button('Move down', '↓', at === length - 1, () => this.#move(at, at + 1, 'Move down')),
      button('Remove', '×', false, () => this.#remove(at)),
    ]);
    const row = make('li', { className: classesOf(fields.length, problem) }, [
      this.#look(at + 1, label),
      figuresOf(figures),
      moves,
      ...(fields.length > 0 ? [make('div', { className: 'set' }, fields)] : []),
      ...problemOf(problem),
    ]);
    this.#drag(row, at);
    return row;
  }

  #look(stage: number, label: string): HTMLElement {
    const look = make('button', { type: 'button', className: 'look', textContent: label });
    look.dataset.name = 'look';
    look.addEventListener('click', () => this.#edit({ ...this.#edited, look: stage }, ''));
    return look;
  }

  #press(event: KeyboardEvent): void {
    const at = (stageOf(event.target) ?? 0) - 1;
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    this.#move(at, event.key === 'ArrowUp' ? at - 1 : at + 1, (event.target as HTMLElement).dataset.name ?? 'look');
  }

  #move(from: number, to: number, name: string): void {
    const block = this.#edited.stack[from];
    const next = moved(this.#edited, from, to);
    if (block === undefined || next.stack === this.#edited.stack) return;
    this.#focus = [to + 1, name];
    this.#edit(next, `${kinds[block.kind].label} is block ${to + 1} now.`);
  }

  #remove(at: number): void {
    const block = this.#edited.stack[at] as Block;
    this.#focus = [at + 1, 'Remove'];
    this.#edit(removed(this.#edited, at), `${kinds[block.kind].label} is gone.`);
  }

  /** A row can be dragged by itself to where another one is. */
  #drag(row: HTMLElement, at: number): void {
    row.draggable = true;
    row.addEventListener('dragstart', (event) => {
      this.#dragged = at;
      event.dataTransfer?.setData('text/plain', String(at));
      row.classList.add('dragged');
    });
    row.addEventListener('dragend', () => {
      this.#dragged = undefined;
      row.classList.remove('dragged');
    });
    row.addEventListener('dragover', (event) => {
      if (this.#dragged !== undefined) event.preventDefault();
    });
    row.addEventListener('drop', (event) => {
      event.preventDefault();
      if (this.#dragged !== undefined && this.#dragged !== at) this.#move(this.#dragged, at, 'look');
    });
  }

  #edit(edited: Edited, words: string): void {
    this.#on.onEdit(edited, words);
  }
}

const stageOf = (target: EventTarget | null): number | undefined => {
  const row = (target as Element | null)?.closest<HTMLElement>('[data-stage]');
  return row ? Number(row.dataset.stage) : undefined;
};

/** Rows with little to set are one line, where there is room. */
const classesOf = (fields: number, problem: string | undefined) =>
  ['block', fields <= 2 && 'short', problem !== undefined && 'broken'].filter(Boolean).join(' ');

const figureNames = { shape: 'out', weights: 'weights', multiplications: 'mult.', field: 'sees' } as const;

function figuresOf(figures: Outline['blocks'][number]): HTMLElement {
  const words = figureWords(figures);
  const pairs = (Object.keys(figureNames) as (keyof typeof figureNames)[]).map((name) => {
    const value = make('dd', { textContent: words[name] });
    value.dataset.figure = name;
    return make('div', {}, [make('dt', { textContent: figureNames[name] }), value]);
  });
  return make('dl', { className: 'figures' }, pairs);
}

const problemOf = (words: string | undefined) =>
  words === undefined ? [] : [make('p', { className: 'problem', textContent: words })];
