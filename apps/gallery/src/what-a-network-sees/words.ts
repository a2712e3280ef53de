import { type Method, methods } from './methods';
import type { LayerName } from './network/layers';
import { isPhotograph } from './pictures';
import type { Sight } from './protocol';
import type { Settings } from './settings';
import { shapeNames } from './shapes/outlines';

/** What a method is about here: of which class, in which layer. */
export function aboutWords(method: Method, { target, layer, channel }: Sight & { layer: LayerName }): string {
  const { about } = methods[method];
  if (method === 'deconvnet') return `Here: channel ${channel + 1} of ${layer}.`;
  if (about === 'network') return '';
  const name = `class ${shapeNames[target]}`;
  return `Here: ${about === 'class' ? name : about === 'layer' ? layer : `${name}, ${layer}`}.`;
}

/** How to take what the network says of a picture. */
export function verdictWords({ network, picture }: Settings, isOwn: boolean): string {
  const press = 'Press a class to have it explained.';
  if (network === 'untrained') return `Its weights are random: it has learnt nothing. ${press}`;
  if (!isOwn && !isPhotograph(picture)) return press;
  return `It knows these eight shapes and nothing else: whatever it sees, it must call it one of them. ${press}`;
}
