import { IdxError } from '@tenonjs/datasets';
import { help, OptionsError, readOptions } from './options.ts';
import { quickstart } from './quickstart.ts';
import { DataError } from './readImages.ts';

/** A line above the progress bar, which draws itself anew below. */
function say(line: string): void {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  console.log(line);
}

/** The first Ctrl-C asks the training to end, a second one ends the program. */
function stopOnCtrlC(): AbortSignal {
  const controller = new AbortController();
  process.once('SIGINT', () => {
    say('stopping; the report is being written (Ctrl-C again to leave it)');
    controller.abort();
  });
  return controller.signal;
}

const args = process.argv.slice(2);
try {
  const options = readOptions(args);
  if (options === 'help') {
    console.log(help);
  } else {
    const command = ['npm run quickstart', ...(args.length > 0 ? ['--', ...args] : [])].join(' ');
    const path = await quickstart(options, { command, say, signal: stopOnCtrlC(), progress: true });
    say(`\nThe report: ${path}`);
  }
} catch (error) {
  const isTheirs = error instanceof OptionsError || error instanceof DataError || error instanceof IdxError;
  if (!isTheirs) throw error;
  console.error(`quickstart: ${error.message}${error instanceof OptionsError ? '\n--help lists the options' : ''}`);
  process.exitCode = error instanceof OptionsError ? 2 : 1;
}
