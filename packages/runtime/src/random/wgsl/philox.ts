import { M0, M1, ROUNDS, W0, W1 } from '../philox';

const word = (value: number) => `0x${value.toString(16)}u`;

/** Philox 4×32-10 in WGSL: `philox(block, key)` and `philoxAt(counter, key)` give what the host's functions give. */
export const philoxCode = (): string => `
// The upper 32 bits of the 64-bit product, from four 16-bit products.
fn multiplyHigh(a: u32, b: u32) -> u32 {
  let middle = (a >> 16u) * (b & 0xffffu);
  let cross = (a & 0xffffu) * (b >> 16u);
  let carry = (((a & 0xffffu) * (b & 0xffffu)) >> 16u) + (middle & 0xffffu) + (cross & 0xffffu);
  return (a >> 16u) * (b >> 16u) + (middle >> 16u) + (cross >> 16u) + (carry >> 16u);
}

fn philoxAt(counter: vec4<u32>, key: vec2<u32>) -> vec4<u32> {
  var c = counter;
  var k = key;
  for (var round = 0u; round < ${ROUNDS}u; round++) {
    let high = vec2<u32>(multiplyHigh(${word(M0)}, c.x), multiplyHigh(${word(M1)}, c.z));
    c = vec4<u32>(high.y ^ c.y ^ k.x, ${word(M1)} * c.z, high.x ^ c.w ^ k.y, ${word(M0)} * c.x);
    k += vec2<u32>(${word(W0)}, ${word(W1)});
  }
  return c;
}

fn philox(block: vec2<u32>, key: vec2<u32>) -> vec4<u32> {
  return philoxAt(vec4<u32>(block, 0u, 0u), key);
}
`;
