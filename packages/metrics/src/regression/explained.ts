/**
 * `1 − loss / reference`; of a constant target, whose reference is 0, a perfect guess gets 1 and any other 0.
 *
 * @param forceFinite - false: what the formula gives, NaN or −∞.
 */
export function explained(loss: number, reference: number, forceFinite = true): number {
  if (!forceFinite) return 1 - loss / reference;
  if (loss === 0) return 1;
  return reference === 0 ? 0 : 1 - loss / reference;
}
