/** `sourceOf(b, i, j)`: where in image b, row and column, a place of the result is looked up. */
const functions = `
fn sourceOf(b: u32, i: f32, j: f32) -> vec2<f32> {
  let at = vec2<f32>(j + 0.5 - 0.5 * f32(params.w), i + 0.5 - 0.5 * f32(params.h));
  let k = 6u * b;
  let middle = 0.5 * vec2<f32>(f32(params.H), f32(params.W)) - 0.5;
  return vec2<f32>(
    matrices[k + 3u] * at.x + matrices[k + 4u] * at.y + matrices[k + 5u],
    matrices[k] * at.x + matrices[k + 1u] * at.y + matrices[k + 2u],
  ) + middle;
}`;

/** The result from the image: a number between four. */
export const gatherCode = {
  functions,
  each: `let c = i % params.C;
  let place = i / params.C;
  let b = place / (params.h * params.w);
  let source = sourceOf(b, f32(place / params.w % params.h), f32(place % params.w));
  let corner = floor(source);
  var sum = params.fill;
  for (var tap = 0u; tap < 4u; tap++) {
    let at = corner + vec2<f32>(f32(tap >> 1u), f32(tap & 1u));
    let near = 1.0 - abs(source - at);
    let inside = at.x >= 0.0 && at.y >= 0.0 && at.x < f32(params.H) && at.y < f32(params.W);
    if (inside && near.x * near.y > 0.0) {
      let k = ((b * params.H + u32(at.x)) * params.W + u32(at.y)) * params.C + c;
      sum += near.x * near.y * (x[k] - params.fill);
    }
  }
  y[i] = sum;`,
};

/** The image's gradient: of the places of the result that may be looked up near a number, those that are. */
export const spreadCode = {
  functions,
  each: `let c = i % params.C;
  let place = i / params.C;
  let b = place / (params.H * params.W);
  let own = vec2<f32>(f32(place / params.W % params.H), f32(place % params.W));
  let k = 6u * b;
  let size = vec2<f32>(f32(params.h), f32(params.w));
  let det = matrices[k] * matrices[k + 4u] - matrices[k + 1u] * matrices[k + 3u];
  let apart = own - 0.5 * vec2<f32>(f32(params.H), f32(params.W)) + 0.5
    - vec2<f32>(matrices[k + 5u], matrices[k + 2u]);
  let middle = vec2<f32>(
    matrices[k] * apart.x - matrices[k + 3u] * apart.y,
    matrices[k + 4u] * apart.y - matrices[k + 1u] * apart.x,
  ) / det + 0.5 * size - 0.5;
  let reach = vec2<f32>(
    abs(matrices[k]) + abs(matrices[k + 3u]),
    abs(matrices[k + 4u]) + abs(matrices[k + 1u]),
  ) / abs(det) + 0.01;
  var first = vec2<f32>(0.0);
  var last = size - 1.0;
  if (abs(det) > 1.0e-6) {
    first = max(first, ceil(middle - reach));
    last = min(last, floor(middle + reach));
  }
  var sum = 0.0;
  for (var row = first.x; row <= last.x; row += 1.0) {
    for (var column = first.y; column <= last.y; column += 1.0) {
      let near = max(vec2<f32>(0.0), 1.0 - abs(sourceOf(b, row, column) - own));
      if (near.x * near.y > 0.0) {
        sum += near.x * near.y * dy[((b * params.h + u32(row)) * params.w + u32(column)) * params.C + c];
      }
    }
  }
  dx[i] = sum;`,
};
