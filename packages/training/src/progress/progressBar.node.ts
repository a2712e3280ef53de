import { Presets, SingleBar } from 'cli-progress';
import type { Callback } from '../callbacks/callback';

/** How far an epoch is counted as a bar's ticks, when nobody knows how many steps it has. */
const WHOLE = 1;

/** A bar in the terminal with loss, rate and time left; silent where the output is no terminal. */
export function progressBar(): Callback {
  const bar = new SingleBar(
    {
      format: '{bar} {percentage}% · epoch {epoch}/{epochs} · loss {loss}{validation} · {rate} steps/s · {left} left',
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: false,
      gracefulExit: false,
    },
    Presets.shades_classic,
  );
  let began = 0;
  let firstStep = 0;
  let validation = '';

  const left = (done: number, total: number) => {
    const seconds = ((Date.now() - began) / 1000) * (total / done - 1);
    return Number.isFinite(seconds) ? clock(seconds) : '–';
  };

  return {
    mayLag: true,
    onFitStart({ run }) {
      began = Date.now();
      firstStep = run.history.steps;
      bar.start(run.epochs * (run.stepsPerEpoch ?? WHOLE), run.stepsPerEpoch ? firstStep : run.history.epochs, {
        epoch: run.history.epochs + 1,
        epochs: run.epochs,
        loss: '–',
        validation,
        rate: '–',
        left: '–',
      });
    },
    onStepEnd({ run, epoch, step, loss }) {
      const taken = step - firstStep;
      const done = run.stepsPerEpoch ? step : epoch - WHOLE;
      const total = run.epochs * (run.stepsPerEpoch ?? WHOLE);
      bar.update(done, {
        epoch,
        loss: loss.toFixed(4),
        validation,
        rate: (taken / ((Date.now() - began) / 1000)).toFixed(1),
        left: run.stepsPerEpoch ? left(taken, total - firstStep) : '–',
      });
    },
    onEpochEnd({ validationLoss }) {
      if (validationLoss !== undefined) validation = ` (validation ${validationLoss.toFixed(4)})`;
    },
    onFitEnd() {
      bar.stop();
    },
  };
}

/** 75 s as 1:15. */
const clock = (seconds: number) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
