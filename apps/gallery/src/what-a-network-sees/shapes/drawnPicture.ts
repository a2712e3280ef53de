import { deriveSeed } from '@tenonjs/runtime';
import { type DrawnName, drawnNames, isShape } from '../pictures';
import { anyTwo, drawScene, type Scene } from './drawScene';

/** The drawn picture of a name and a seed. */
export function drawnPicture(name: DrawnName, seed: number): Scene {
  const own = deriveSeed(seed, drawnNames.indexOf(name));
  return drawScene(isShape(name) ? [name] : anyTwo(own), own);
}
