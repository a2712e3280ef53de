/** A browser has no paths to write to. */
export async function writeFile(path: string, _bytes: Uint8Array): Promise<void> {
  throw new Error(`checkpoint: to must be a function in a browser, got the path ${path}`);
}
