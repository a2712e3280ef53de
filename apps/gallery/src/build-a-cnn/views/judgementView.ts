import { paintDigit } from '../../digits/paintDigit';
import { KINDS, PIXELS } from '../../digits/shape';
import { element } from '../../page/element';
import type { Judgement, Mistake } from '../engine/judge';
import { make } from './make';

const kindsOf = Array.from({ length: KINDS }, (_, kind) => kind);

/** What is taken for what, as a table; and the digits with which the network is most wrong. */
export class JudgementView {
  readonly #cells: HTMLElement[];
  readonly #onChoose: (place: number) => void;
  #pixels: Float32Array<ArrayBuffer> | undefined;
  #worst: readonly Mistake[] = [];

  /** @param onChoose - hears which of all digits is to be looked at. */
  constructor(onChoose: (place: number) => void) {
    this.#onChoose = onChoose;
    const heads = kindsOf.map((kind) => make('th', { scope: 'col', textContent: String(kind) }));
    const corner = make('td', { textContent: 'is' });
    const rows = kindsOf.map((kind) => {
      const cells = kindsOf.map(() => make('td'));
      return { cells, row: make('tr', {}, [make('th', { scope: 'row', textContent: String(kind) }), ...cells]) };
    });
    element('confusion').append(
      make('thead', {}, [make('tr', {}, [corner, ...heads])]),
      make(
        'tbody',
        {},
        rows.map(({ row }) => row),
      ),
    );
    this.#cells = rows.flatMap(({ cells }) => cells);
  }

  /** @param pixels - all digits, [n, 28, 28], 0 … 1. */
  know(pixels: Float32Array<ArrayBuffer>): void {
    this.#pixels = pixels;
    this.repaint();
  }

  show({ confusion, worst }: Judgement): void {
    const each = confusion.subarray(0, KINDS).reduce((sum, count) => sum + count, 0);
    this.#cells.forEach((cell, i) => {
      const count = confusion[i] as number;
      cell.textContent = count === 0 ? '·' : String(count);
      const isRight = Math.floor(i / KINDS) === i % KINDS;
      cell.style.setProperty('--share', `${Math.round(45 * Math.min(1, count / (isRight ? each : each / 4)))}%`);
      cell.className = count === 0 ? 'none' : isRight ? 'right' : 'wrong';
    });
    this.#worst = worst;
    this.repaint();
  }

  repaint(): void {
    const pixels = this.#pixels;
    if (pixels === undefined) return;
    const pictures = this.#worst.map(({ place, is, takenFor }) => {
      const canvas = make('canvas', { className: 'digit' });
      canvas.setAttribute('aria-hidden', 'true');
      paintDigit(canvas, pixels.subarray(place * PIXELS, (place + 1) * PIXELS), { most: 1 });
      const button = make('button', { type: 'button' }, [
        canvas,
        make('span', { textContent: `${is}, not ${takenFor}` }),
      ]);
      button.addEventListener('click', () => this.#onChoose(place));
      return make('li', {}, [button]);
    });
    element('worst').replaceChildren(...pictures);
    element('worst-words').textContent =
      pictures.length === 0
        ? 'Nothing held out is wrong.'
        : 'Those to which it gives least for what they are. Would you have known? Press one to look into it.';
  }
}
