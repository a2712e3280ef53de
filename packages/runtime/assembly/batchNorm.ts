import { multiplyAdd } from './vectors';

/** y[r, c] = (x[r, c] − mean[c]) · scale[c] + shift[c]; y may be x. */
export function normalizeColumns(
  x: usize,
  mean: usize,
  scale: usize,
  shift: usize,
  y: usize,
  rows: i32,
  columns: i32,
): void {
  for (let r = 0; r < rows; r++) {
    let c = 0;
    for (; c + 4 <= columns; c += 4) {
      const at = <usize>c << 2;
      const away = f32x4.sub(v128.load(x + at), v128.load(mean + at));
      v128.store(y + at, multiplyAdd(away, v128.load(scale + at), v128.load(shift + at)));
    }
    for (; c < columns; c++) {
      const at = <usize>c << 2;
      store<f32>(y + at, (load<f32>(x + at) - load<f32>(mean + at)) * load<f32>(scale + at) + load<f32>(shift + at));
    }
    x += <usize>columns << 2;
    y += <usize>columns << 2;
  }
}

/** z[r, c] = x[r, c] · a[c] + (y[r, c] − mean[c]) · b[c] + d[c]: a batch norm's input gradient, x its gradient, y its input. */
export function mixColumns(
  x: usize,
  a: usize,
  y: usize,
  mean: usize,
  b: usize,
  d: usize,
  z: usize,
  rows: i32,
  columns: i32,
): void {
  for (let r = 0; r < rows; r++) {
    let c = 0;
    for (; c + 4 <= columns; c += 4) {
      const at = <usize>c << 2;
      const away = f32x4.sub(v128.load(y + at), v128.load(mean + at));
      const sum = multiplyAdd(away, v128.load(b + at), v128.load(d + at));
      v128.store(z + at, multiplyAdd(v128.load(x + at), v128.load(a + at), sum));
    }
    for (; c < columns; c++) {
      const at = <usize>c << 2;
      const sum = (load<f32>(y + at) - load<f32>(mean + at)) * load<f32>(b + at) + load<f32>(d + at);
      store<f32>(z + at, load<f32>(x + at) * load<f32>(a + at) + sum);
    }
    x += <usize>columns << 2;
    y += <usize>columns << 2;
    z += <usize>columns << 2;
  }
}
