// Runs one of the root package's scripts with the Node and the pnpm that the project was tried with, after installing
// the workspace. Plain JavaScript without dependencies, since it is what a machine with only an old Node meets first.
//
//   node tools/toolchain.mjs SCRIPT [arguments…]
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const [script, ...rest] = process.argv.slice(2);

const quote = (word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `"${word.replace(/(["\\$`])/g, '\\$1')}"`);
const command = [
  'pnpm install --frozen-lockfile --reporter=append-only',
  ['pnpm', 'run', script, ...rest].map(quote).join(' '),
].join(' && ');

// Inside the toolchain already (npm start from a pnpm script): do not fetch it twice.
const inside = process.env.TENON_TOOLCHAIN === packageManager;
const { status, signal } = spawnSync(
  inside ? command : `npx -y -p node@24 -p ${packageManager} -c ${JSON.stringify(command)}`,
  {
    cwd: root,
    shell: true,
    stdio: 'inherit',
    env: { ...process.env, TENON_TOOLCHAIN: packageManager, TURBO_TELEMETRY_DISABLED: '1' },
  },
);
process.exit(status ?? (signal ? 1 : 0));
