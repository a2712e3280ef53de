/** Throws unless it is a finite number above 0. */
export function checkDataRange(caller: string, dataRange: number): void {
  if (dataRange > 0 && dataRange < Infinity) return;
  throw new RangeError(`${caller}: dataRange must be finite and above 0, got ${dataRange}`);
}
