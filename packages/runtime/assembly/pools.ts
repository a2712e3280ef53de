import { Window } from './patches';

/** dx of a max pool: each window's gradient goes to its first greatest number. Four channels at a time. */
export function maxPoolGradient(window: usize, x: usize, dy: usize, dx: usize): void {
  const w = changetype<Window>(window);
  const channels = w.inChannels;
  const pixelBytes = <usize>channels << 2;
  memory.fill(dx, 0, <usize>(w.batch * w.inHeight * w.inWidth) * pixelBytes);
  for (let image = 0; image < w.batch; image++) {
    const origin = <usize>(image * w.inHeight * w.inWidth) * pixelBytes;
    for (let row = 0; row < w.outHeight; row++) {
      const top = row * w.strideHeight - w.padTop;
      for (let column = 0; column < w.outWidth; column++, dy += pixelBytes) {
        const left = column * w.strideWidth - w.padLeft;
        let c = 0;
        for (; c + 4 <= channels; c += 4) {
          let best = f32x4.splat(-Infinity);
          let place = i32x4.splat(-1);
          for (let i = 0; i < w.filterHeight; i++) {
            const y = top + i * w.dilationHeight;
            if (y < 0 || y >= w.inHeight) continue;
            for (let j = 0; j < w.filterWidth; j++) {
              const z = left + j * w.dilationWidth;
              if (z < 0 || z >= w.inWidth) continue;
              const offset = origin + <usize>(y * w.inWidth + z) * pixelBytes + (<usize>c << 2);
              const value = v128.load(x + offset);
              const isGreater = v128.or(f32x4.gt(value, best), i32x4.eq(place, i32x4.splat(-1)));
              best = v128.bitselect(value, best, isGreater);
              place = v128.bitselect(i32x4.splat(<i32>offset), place, isGreater);
            }
          }
          const gradient = v128.load(dy + (<usize>c << 2));
          addAt(dx, i32x4.extract_lane(place, 0), 0, f32x4.extract_lane(gradient, 0));
          addAt(dx, i32x4.extract_lane(place, 1), 4, f32x4.extract_lane(gradient, 1));
          addAt(dx, i32x4.extract_lane(place, 2), 8, f32x4.extract_lane(gradient, 2));
          addAt(dx, i32x4.extract_lane(place, 3), 12, f32x4.extract_lane(gradient, 3));
        }
        for (; c < channels; c++) {
          let best: f32 = -Infinity;
          let place: i32 = -1;
          for (let i = 0; i < w.filterHeight; i++) {
            const y = top + i * w.dilationHeight;
            if (y < 0 || y >= w.inHeight) continue;
            for (let j = 0; j < w.filterWidth; j++) {
              const z = left + j * w.dilationWidth;
              if (z < 0 || z >= w.inWidth) continue;
              const offset = origin + <usize>(y * w.inWidth + z) * pixelBytes + (<usize>c << 2);
              const value = load<f32>(x + offset);
              if (value > best || place == -1) {
                best = value;
                place = <i32>offset;
              }
            }
          }
          addAt(dx, place, 0, load<f32>(dy + (<usize>c << 2)));
        }
      }
    }
  }
}

@inline
function addAt(base: usize, offset: i32, lane: usize, value: f32): void {
  if (offset == -1) return;
  const at = base + <usize>offset + lane;
  store<f32>(at, load<f32>(at) + value);
}
