/**
 * One step of an optimizer, in place over n numbers, in PyTorch's formulas. Bias corrections and their roots are the
 * caller's, in float64.
 */

/** g += decay · p; velocity = momentum · velocity + g; p −= rate · (nesterov ? g + momentum · velocity : velocity). */
export function sgd(
  p: usize,
  g: usize,
  velocity: usize,
  n: i32,
  rate: f32,
  momentum: f32,
  nesterov: bool,
  decay: f32,
): void {
  const keep = f32x4.splat(momentum);
  const lasting = f32x4.splat(decay);
  const pace = f32x4.splat(rate);
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    const from = (<usize>i) << 2;
    const old = v128.load(p + from);
    let step = f32x4.add(v128.load(g + from), f32x4.mul(lasting, old));
    if (velocity) {
      const moved = f32x4.add(f32x4.mul(keep, v128.load(velocity + from)), step);
      v128.store(velocity + from, moved);
      step = nesterov ? f32x4.add(step, f32x4.mul(keep, moved)) : moved;
    }
    v128.store(p + from, f32x4.sub(old, f32x4.mul(pace, step)));
  }
  for (; i < n; i++) {
    const from = (<usize>i) << 2;
    const old = load<f32>(p + from);
    let step = load<f32>(g + from) + decay * old;
    if (velocity) {
      const moved = momentum * load<f32>(velocity + from) + step;
      store<f32>(velocity + from, moved);
      step = nesterov ? step + momentum * moved : moved;
    }
    store<f32>(p + from, old - rate * step);
  }
}

/**
 * p ← shrink · p; g += decay · p; m = β₁ m + (1 − β₁) g; v = β₂ v + (1 − β₂) g²; p −= rate · m / (√v / root + ε).
 *
 * Adam: shrink 1; AdamW: decay 0, shrink 1 − learningRate · weightDecay. rate = learningRate / (1 − β₁ᵗ), root = √(1 − β₂ᵗ).
 */
export function adam(
  p: usize,
  g: usize,
  m: usize,
  v: usize,
  n: i32,
  rate: f32,
  beta1: f32,
  beta2: f32,
  rest1: f32,
  rest2: f32,
  epsilon: f32,
  root: f32,
  decay: f32,
  shrink: f32,
): void {
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    const from = (<usize>i) << 2;
    const old = f32x4.mul(v128.load(p + from), f32x4.splat(shrink));
    const gradient = f32x4.add(v128.load(g + from), f32x4.mul(old, f32x4.splat(decay)));
    const first = f32x4.add(
      f32x4.mul(v128.load(m + from), f32x4.splat(beta1)),
      f32x4.mul(gradient, f32x4.splat(rest1)),
    );
    const second = f32x4.add(
      f32x4.mul(v128.load(v + from), f32x4.splat(beta2)),
      f32x4.mul(f32x4.mul(gradient, gradient), f32x4.splat(rest2)),
    );
    v128.store(m + from, first);
    v128.store(v + from, second);
    const size = f32x4.add(f32x4.div(f32x4.sqrt(second), f32x4.splat(root)), f32x4.splat(epsilon));
    v128.store(p + from, f32x4.sub(old, f32x4.div(f32x4.mul(first, f32x4.splat(rate)), size)));
  }
  for (; i < n; i++) {
    const from = (<usize>i) << 2;
    const old = load<f32>(p + from) * shrink;
    const gradient = load<f32>(g + from) + old * decay;
    const first = load<f32>(m + from) * beta1 + gradient * rest1;
    const second = load<f32>(v + from) * beta2 + gradient * gradient * rest2;
    store<f32>(m + from, first);
    store<f32>(v + from, second);
    store<f32>(p + from, old - (first * rate) / (sqrt(second) / root + epsilon));
  }
}
