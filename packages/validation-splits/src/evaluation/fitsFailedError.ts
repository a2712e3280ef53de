/** Fits that failed, each with its name; all others were done. */
export class FitsFailedError extends AggregateError {
  readonly failures: readonly { name: string; fold: number; error: unknown }[];

  constructor(where: string, failures: { name: string; fold: number; error: unknown }[], total: number) {
    const list = failures.map(
      ({ name, error }) => `${name}: ${error instanceof Error ? error.message : String(error)}`,
    );
    const errors = failures.map(({ error }) => error);
    super(errors, `${where}: ${failures.length} of ${total} fits failed; ${list.join('; ')}`);
    this.name = 'FitsFailedError';
    this.failures = failures;
  }
}
