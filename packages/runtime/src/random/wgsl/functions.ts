/**
 * The logarithm in WGSL, whose own may be off by 2⁻²¹: `preciseLog(x)` for x > 0 that is not denormal, `logOnePlus(f)` for
 * f in [√½ − 1, √2 − 1]. Both to about one unit in the last place, also where they are close to 0.
 *
 *     log(1 + f) = f − (½f² − s(½f² + R(s²))),   s = f / (2 + f)
 *
 * Reference: Sun Microsystems, fdlibm, `e_log.c` and its float form, 1993.
 */
export const logCode = (): string => `
fn logOnePlus(f: f32) -> f32 {
  let s = f / (2.0 + f);
  let z = s * s;
  let w = z * z;
  let r = z * (0.66666662693 + w * 0.28498786688) + w * (0.40000972152 + w * 0.24279078841);
  let half = 0.5 * f * f;
  return f - (half - s * (half + r));
}

fn preciseLog(x: f32) -> f32 {
  // x = 2ᵉ (1 + f)
  let bits = bitcast<u32>(x) + (0x3f800000u - 0x3f3504f3u);
  let e = f32(i32(bits >> 23u) - 127);
  let f = bitcast<f32>((bits & 0x007fffffu) + 0x3f3504f3u) - 1.0;
  return e * 0.69313812256 + (logOnePlus(f) + e * 0.0000090580006145); // ln 2 in two parts
}
`;

/**
 * `circle(k)` in WGSL: cosine and sine of 2πk / 2²⁴, k < 2²⁴. The angle is brought into [−π/4, π/4] on whole numbers, which
 * is exact; from there polynomials, since WGSL's own functions may be off by 2⁻¹¹.
 *
 * Reference: Sun Microsystems, fdlibm, `k_cosf.c` and `k_sinf.c`, 1993.
 */
export const circleCode = (): string => `
fn circle(k: u32) -> vec2<f32> {
  let quarter = (k + 0x200000u) >> 22u;
  let x = f32(i32(k) - i32(quarter << 22u)) * ${(2 * Math.PI) / 2 ** 24};
  let z = x * x;
  let c = 1.0 - 0.5 * z + z * z * (0.0416666233237 + z * (-0.00138867637746 + z * 0.0000243904487963));
  let s = x + x * z * (-0.166666666416 + z * (0.00833332938589 + z * (-0.000198393348361 + z * 0.00000271831149399)));
  let turned = select(vec2<f32>(c, s), vec2<f32>(-s, c), (quarter & 1u) == 1u);
  return select(turned, -turned, (quarter & 2u) == 2u);
}
`;

/** `preciseRoot(x)` in WGSL, for x ≥ 0: its own root, made good by a step of Newton's. */
export const rootCode = (): string => `
fn preciseRoot(x: f32) -> f32 {
  if (x <= 0.0) { return 0.0; }
  let r = sqrt(x);
  return r + 0.5 * (x - r * r) / r;
}
`;
