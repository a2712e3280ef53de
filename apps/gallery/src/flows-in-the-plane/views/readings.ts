import type { LossHistory } from '../../loss/lossHistory';
import { element } from '../../page/element';

const nats = (value: number) => (Number.isNaN(value) ? '–' : value.toFixed(3).replace('-', '−'));

/** The figures beside the chart of losses. */
export class Readings {
  #floor = Number.NaN;

  /** @param floor - in nats. */
  open(floor: number): void {
    this.#floor = floor;
    write('floor', nats(floor));
    write('loss', '–');
    write('gap', '–');
  }

  update(history: LossHistory): void {
    write('loss', nats(history.mean));
    write('gap', nats(history.mean - this.#floor));
  }
}

function write(id: string, text: string): void {
  const place = element(id);
  if (place.textContent !== text) place.textContent = text;
}
