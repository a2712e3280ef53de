import { element } from '../../page/element';
import type { LossHistory } from './lossHistory';

const nats = (value: number) => (Number.isNaN(value) ? '–' : value.toFixed(3).replace('-', '−'));
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** The figures beside the pictures. */
export class Readings {
  #floor = Number.NaN;

  /** @param floor - in nats. */
  open(floor: number): void {
    this.#floor = floor;
    write('floor', nats(floor));
    write('loss', '–');
    write('gap', '–');
    write('steps', '0');
  }

  /** @param last - the loss of the latest step. */
  update(history: LossHistory): void {
    write('steps', whole.format(history.steps));
    write('loss', nats(history.mean));
    write('gap', nats(history.mean - this.#floor));
  }

  /** @param pace - steps a second; `waiting` for the first of them; `held` when none is to come. */
  rate(pace: number | 'waiting' | 'held'): void {
    if (pace === 'waiting') write('rate', 'first step…');
    else write('rate', pace === 'held' ? '–' : pace.toFixed(pace < 10 ? 1 : 0));
  }
}

function write(id: string, text: string): void {
  const place = element(id);
  if (place.textContent !== text) place.textContent = text;
}
