const functions = `
fn grey(x: vec3<f32>) -> f32 { return dot(x, vec3<f32>(0.2989, 0.587, 0.114)); }
fn lit(pixel: u32, image: u32) -> vec3<f32> {
  let at = pixel * params.C;
  let last = params.C - 1u;
  return saturate(factors[4u * image] * vec3<f32>(x[at], x[at + min(1u, last)], x[at + min(2u, last)]));
}`;

const LANES = 256;

/** The mean of grey of each image after its brightness: a workgroup an image. */
export const meanCode = {
  code: `${functions}
var<workgroup> shares: array<f32, ${LANES}>;
@compute @workgroup_size(${LANES})
fn main(@builtin(workgroup_id) id: vec3<u32>, @builtin(num_workgroups) count: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  let image = groupIndex(id, count);
  if (image >= params.B) { return; }
  var sum = 0.0;
  for (var p = local; p < params.plane; p += ${LANES}u) {
    let pixel = lit(image * params.plane + p, image);
    sum += select(pixel.x, grey(pixel), params.C == 3u);
  }
  shares[local] = sum;
  for (var rest = ${LANES / 2}u; rest > 0u; rest /= 2u) {
    workgroupBarrier();
    if (local < rest) { shares[local] += shares[local + rest]; }
  }
  if (local == 0u) { means[image] = shares[0] / f32(params.plane); }
}`,
};

/** Each pixel by itself. */
export const colorCode = (channels: number) => ({
  functions: `${functions}
fn turned(x: vec3<f32>, by: f32) -> vec3<f32> {
  let most = max(x.x, max(x.y, x.z));
  let range = most - min(x.x, min(x.y, x.z));
  if (range == 0.0) { return x; }
  var sixth = 4.0 + (x.x - x.y) / range;
  if (most == x.y) { sixth = 2.0 + (x.z - x.x) / range; }
  if (most == x.x) { sixth = (x.y - x.z) / range; }
  let hue = vec3<f32>(5.0, 3.0, 1.0) + sixth + 6.0 * by;
  let k = hue - 6.0 * floor(hue / 6.0);
  return saturate(most - range * max(vec3<f32>(0.0), min(min(k, 4.0 - k), vec3<f32>(1.0))));
}`,
  each: `let image = i / params.plane;
  let contrast = factors[4u * image + 1u];
  let contrasted = saturate(contrast * lit(i, image) + (1.0 - contrast) * means[image]);
  ${
    channels === 1
      ? 'y[i] = contrasted.x;'
      : `let saturation = factors[4u * image + 2u];
  let hue = factors[4u * image + 3u];
  var pixel = saturate(saturation * contrasted + (1.0 - saturation) * grey(contrasted));
  if (hue != 0.0) { pixel = turned(pixel, hue); }
  y[3u * i] = pixel.x;
  y[3u * i + 1u] = pixel.y;
  y[3u * i + 2u] = pixel.z;`
  }`,
});
