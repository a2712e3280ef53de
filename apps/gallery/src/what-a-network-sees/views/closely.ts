import type { RgbaImage } from '@tenonjs/visualization';
import { element } from '../../page/element';
import { type Key, type Method, methods } from '../methods';
import type { Made } from '../protocol';
import { shapeNames } from '../shapes/outlines';
import { contextOf, paint } from './paint';
import { percent } from './verdict';
import type { Walk } from './walk';
import { lost, paintLosses, paintOccluded } from './walkView';

/** The picture, and beside it one method large. */
export class Closely {
  readonly picture = element<HTMLCanvasElement>('picture');
  readonly shown = element<HTMLCanvasElement>('shown');
  #image: RgbaImage | undefined;
  #colours: Record<Exclude<Key, 'none'>, string[]> | undefined;

  setColours(colours: Record<Exclude<Key, 'none'>, string[]>): void {
    this.#colours = colours;
  }

  /** Shows the picture that is looked at. */
  see(image: RgbaImage): void {
    this.#image = image;
    paint(this.picture, image);
  }

  /** Says what a method is, and how its colours are read. */
  describe(method: Method, about: string): void {
    const { title, words, key, ends } = { ends: undefined, ...methods[method] };
    element('method-title').textContent = title;
    element('shown-words').textContent = `${words} ${about}`;
    const ramp = element('ramp');
    ramp.hidden = key === 'none';
    if (key === 'none') return;
    ramp.style.setProperty('--colours', this.#colours?.[key].join(', ') ?? '');
    element('ramp-from').textContent = ends?.[0] ?? '';
    element('ramp-to').textContent = ends?.[1] ?? '';
  }

  /** Shows what a method found; nothing while it is on its way. */
  show(image: RgbaImage | undefined): void {
    if (this.#image) paint(this.picture, this.#image);
    if (image) paint(this.shown, image);
    else contextOf(this.shown).clearRect(0, 0, this.shown.width, this.shown.height);
  }

  /** Shows an occluder's walk as far as it is. */
  showWalk(walk: Walk): void {
    if (this.#image === undefined || this.#colours === undefined) return;
    paintOccluded(this.picture, this.#image, walk);
    paintLosses(this.shown, this.#image, walk, this.#colours.heat);
  }
}

/** What an occluder's walk says where it stands. */
export function walkWords({ stations, shown, of, whole }: Walk, name: string): string {
  const station = stations[shown - 1];
  if (station === undefined) return `The whole picture: ${name} ${percent(whole)}.`;
  const costs = lost(station.score, whole);
  return `Place ${shown} of ${of}: ${name} ${percent(station.score)} of ${percent(whole)}; ${percent(costs)} of it is lost.`;
}

/** What the network says of an image that is being made. */
export function madeWords({ step, of, probabilities, finished }: Made): string {
  const most = Math.max(...probabilities);
  const found = `the network says ${shapeNames[probabilities.indexOf(most)]}, ${percent(most)}`;
  return finished ? `Finished after ${step} steps: ${found}.` : `Step ${step} of ${of}: ${found}.`;
}
