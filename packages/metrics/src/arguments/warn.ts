/** Says on the console what a reader of the score should know. */
export function warn(caller: string, message: string): void {
  console.warn(`${caller}: ${message}`);
}
