/**
 * What `readIdx` throws when a source cannot be read, or is not the file it claims to be.
 *
 * @example
 * try {
 *   await readIdx('train-images-idx3-ubyte.gz');
 * } catch (error) {
 *   if (error instanceof IdxError && error.field === 'gzip data') console.log('a broken download:', error.found);
 * }
 */
export class IdxError extends Error {
  override readonly name = 'IdxError';
  /** The path or URL, or `bytes` for bytes in memory. */
  readonly file: string;
  /** What is wrong: `file`, `gzip data`, `magic`, `type code`, `rank`, `dimension 0`, `shape`, `header` or `size`. */
  readonly field: string;
  readonly expected: string;
  readonly found: string;

  constructor(
    { file, field, expected, found }: { file: string; field: string; expected: string; found: string },
    options?: ErrorOptions,
  ) {
    super(`readIdx: ${file}: ${field} must be ${expected}, found ${found}`, options);
    this.file = file;
    this.field = field;
    this.expected = expected;
    this.found = found;
  }
}
