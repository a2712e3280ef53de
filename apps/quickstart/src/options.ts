import { parseArgs } from 'node:util';
import { type BackendName, backendNames } from '@tenonjs/runtime';

export interface Options {
  /** A folder with MNIST's files; without one only the plane is modelled. */
  data?: string;
  /** What the whole run may take. */
  minutes: number;
  seed: number;
  /** The folder of the report. */
  out: string;
  /** Default: the best that is there. */
  backend?: BackendName;
}

/** Arguments that cannot be understood. */
export class OptionsError extends Error {
  override readonly name = 'OptionsError';
}

export const defaults = { minutes: 4.5, seed: 1, out: 'quickstart-out' };

export const help = `npm run quickstart -- [options]

Trains normalizing flows and writes what they learned to a page, report.html.

  --data PATH      a folder with MNIST's files (t10k-images-idx3-ubyte or train-images-idx3-ubyte, plain or .gz):
                   a flow on its images is trained too
  --minutes M      time for the whole run (default ${defaults.minutes}); the parts share it
  --seed N         of data, weights and samples: a whole number (default ${defaults.seed})
  --out PATH       the folder of the report (default ${defaults.out})
  --backend NAME   ${backendNames.join(', ')}: where to compute (default: the first that is there)
  --help           this text

Ctrl-C ends the training and still writes the report; twice ends at once.`;

/**
 * Reads the arguments of the command line.
 *
 * @throws OptionsError that names the argument, what it must be and what it was.
 */
export function readOptions(args: string[]): Options | 'help' {
  const { data, minutes, seed, out, backend, help: wantsHelp } = parse(args);
  if (wantsHelp) return 'help';
  if (backend !== undefined && !(backendNames as readonly string[]).includes(backend)) {
    throw new OptionsError(`--backend must be one of ${backendNames.join(', ')}, got ${backend}`);
  }
  for (const [name, path] of Object.entries({ data, out })) {
    if (path === '') throw new OptionsError(`--${name} must be a path, got nothing`);
  }
  return {
    ...(data !== undefined && { data }),
    ...(backend !== undefined && { backend: backend as BackendName }),
    minutes: numberFrom('minutes', minutes, 'a number above 0', (value) => value > 0 && Number.isFinite(value)),
    seed: numberFrom(
      'seed',
      seed,
      'a whole number from 0 to 2⁵³ − 1',
      (value) => Number.isSafeInteger(value) && value >= 0,
    ),
    out,
  };
}

function parse(args: string[]) {
  const text = (value: string | number) => ({ type: 'string', default: String(value) }) as const;
  try {
    return parseArgs({
      // A lone `--` comes through when npm scripts are nested.
      args: args.filter((argument) => argument !== '--'),
      options: {
        data: { type: 'string' },
        minutes: text(defaults.minutes),
        seed: text(defaults.seed),
        out: text(defaults.out),
        backend: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    // Node's own words, up to their advice on how to pass positional arguments.
    throw new OptionsError((error as Error).message.split('. To specify')[0] as string);
  }
}

function numberFrom(name: string, text: string, rule: string, holds: (value: number) => boolean): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!holds(value)) throw new OptionsError(`--${name} must be ${rule}, got ${text || 'nothing'}`);
  return value;
}
