// Runs one of the root package's scripts with the Node and the pnpm that the project was tried with, after installing
// the workspace. Plain JavaScript without dependencies, since it is what a machine with only an old Node meets first.
//
//   node tools/toolchain.mjs SCRIPT [arguments…]
//
// It meets itself twice: outside it asks npx for the toolchain and starts itself again in there; inside it installs
// and runs. The words travel in an environment variable, so that no shell on the way can read anything into them.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const windows = process.platform === 'win32';
const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const given = process.argv.slice(2);
const words = given.length > 0 ? given : JSON.parse(process.env.TENON_WORDS ?? '[]');

if (words.length === 0) {
  console.error(
    'toolchain: a script of package.json must be named, got none; for example node tools/toolchain.mjs verify',
  );
  process.exit(1);
}
process.exit(process.env.TENON_TOOLCHAIN === packageManager ? await inside() : await outside());

function outside() {
  // `exec` leaves no shell between npx and this program, so that a signal finds its way.
  const again = `${windows ? '' : 'exec '}node tools/toolchain.mjs`;
  return run('npx', ['-y', '-p', 'node@24', '-p', packageManager, '-c', again], {
    TENON_TOOLCHAIN: packageManager,
    TENON_WORDS: JSON.stringify(words),
  });
}

async function inside() {
  const quiet = { TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' };
  const installed = await run('pnpm', ['install', '--frozen-lockfile', '--reporter=append-only'], quiet);
  return installed === 0 ? run('pnpm', ['--silent', 'run', ...words], quiet) : installed;
}

/** Starts a command and resolves to its exit status. */
function run(command, args, env) {
  return new Promise((resolve) => {
    const child = spawn(command, windows ? args.map(quoted) : args, {
      cwd: root,
      // On Windows npx and pnpm are .cmd files, which only a shell can start.
      shell: windows,
      stdio: 'inherit',
      env: { ...process.env, ...env },
    });

    // Ctrl-C in a terminal reaches every child by itself; a signal sent to this process alone has to be handed on.
    const handOn = (signal) => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill('SIGTERM');
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, handOn);

    child.on('error', (error) => {
      console.error(`toolchain: ${command} could not be started (${error.message}); is it on the PATH?`);
      resolve(1);
    });
    child.on('close', (status, signal) => {
      for (const name of signals) process.off(name, handOn);
      resolve(status ?? 128 + constants.signals[signal]);
    });
  });
}

function quoted(word) {
  return `"${word.replace(/"/g, '""')}"`;
}
