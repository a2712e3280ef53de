/** Movement below this is none: float32's rounding. */
const STILL = 1e-5;

/**
 * Says where the grid is on its way, and what the last layer did to it.
 *
 * @param places - the points after each layer, shape [layers + 1, points, 2]; empty when not known yet.
 */
export function layerWords(layer: number, layers: number, places: Float32Array): string {
  if (layer === 0) return 'Before any layer: latent space as it is.';
  const where = layer === layers ? `After all ${layers} layers` : `After layer ${layer} of ${layers}`;
  if (layers === 1 || places.length === 0) return `${layers === 1 ? 'After the only layer' : where}.`;
  return `${where}; ${layer === layers ? 'the last one' : 'it'} ${deed(layer, layers, places)}.`;
}

function deed(layer: number, layers: number, places: Float32Array): string {
  const stride = places.length / (layers + 1);
  const moved = [false, false];
  for (let i = 0; i < stride; i++) {
    const change = (places[layer * stride + i] as number) - (places[(layer - 1) * stride + i] as number);
    if (Math.abs(change) > STILL) moved[i % 2] = true;
  }
  const [x, y] = moved;
  if (x && y) return 'moved points along both axes';
  if (x) return 'moved points left and right only';
  if (y) return 'moved points up and down only';
  return 'has not moved anything yet';
}
