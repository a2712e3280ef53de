/** A row of a benchmark's table. */
export type Row = Record<string, string | number>;

/** A figure that was promised. */
export interface Goal {
  what: string;
  figure: string;
  goal: string;
  reached: boolean;
}

export interface Outcome {
  rows: Row[];
  goals?: Goal[];
  /** What could not be measured here, and how to get it. */
  notes?: string[];
}

/** Something to measure; it says on the way what it does. */
export interface Benchmark {
  title: string;
  run(say: (line: string) => void): Promise<Outcome>;
}
