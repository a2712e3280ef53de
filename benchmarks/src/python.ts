import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Where Debian's Python is, with Debian's packages. */
const PYTHON = '/usr/bin/python3';

/** What a peer's script in benchmarks/peers prints, or undefined where Python or one of its packages is missing. */
export function askPython<T>(script: string, modules: readonly string[], ...args: string[]): T | undefined {
  try {
    execFileSync(PYTHON, ['-c', modules.map((name) => `import ${name}`).join('; ')], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  const path = join(import.meta.dirname, '..', 'peers', script);
  return JSON.parse(execFileSync(PYTHON, [path, ...args], { encoding: 'utf8' }));
}
