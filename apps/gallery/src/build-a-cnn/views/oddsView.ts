import { KINDS } from '../../digits/shape';
import { element } from '../../page/element';
import { make } from './make';

/** What the network gives to each of the ten digits. */
export class OddsView {
  readonly #rows = Array.from({ length: KINDS }, (_, kind) => {
    const bar = make('i');
    const share = make('output', { textContent: '–' });
    const row = make('li', {}, [
      make('b', { textContent: String(kind) }),
      make('span', { className: 'bar' }, [bar]),
      share,
    ]);
    return { row, bar, share };
  });

  constructor() {
    element('odds').append(...this.#rows.map(({ row }) => row));
  }

  /** @param is - what the digit is, where that is known. */
  show(probabilities: Float32Array, is: number | undefined): void {
    const first = probabilities.indexOf(Math.max(...probabilities));
    this.#rows.forEach(({ row, bar, share }, kind) => {
      const p = probabilities[kind] as number;
      bar.style.height = `${100 * p}%`;
      share.textContent = (100 * p).toFixed(1);
      row.classList.toggle('first', kind === first);
      row.classList.toggle('is', kind === is);
    });
    const sure = `${(100 * (probabilities[first] as number)).toFixed(1)} %`;
    const known = is === undefined ? '' : is === first ? ' It is one.' : ` It is a ${is}.`;
    element('verdict').textContent = `Taken for a ${first}, with ${sure}.${known}`;
  }
}
