import { element } from './element';

/** What the visitor asks for with the three buttons. */
interface Handlers {
  run(): void;
  pause(): void;
  step(): void;
  reset(): void;
}

/** The buttons on top: one that runs and pauses, one for a single step, one back to the start; and the figures beside. */
export class Transport {
  readonly #go = element<HTMLButtonElement>('run');
  readonly #words = this.#go.textContent?.trim() ?? '';
  #running = false;

  constructor(on: Handlers) {
    this.#go.addEventListener('click', () => {
      this.running = !this.#running;
      if (this.#running) on.run();
      else on.pause();
    });
    element('step').addEventListener('click', () => {
      this.running = false;
      on.step();
    });
    element('reset').addEventListener('click', () => {
      this.running = false;
      on.reset();
    });
  }

  get running(): boolean {
    return this.#running;
  }

  set running(now: boolean) {
    this.#running = now;
    this.#go.toggleAttribute('data-running', now);
    const words = this.#go.querySelector('span');
    if (words) words.textContent = now ? 'Pause' : this.#words;
    this.showPace(now ? 'waiting' : 'held');
  }

  /** Whether there is anything to run; what runs is paused when there is not. */
  set enabled(now: boolean) {
    if (!now && this.#running) this.#go.click();
    for (const id of ['run', 'step', 'reset']) element<HTMLButtonElement>(id).disabled = !now;
  }

  showSteps(steps: number): void {
    element('steps').textContent = whole.format(steps);
  }

  /** @param pace - steps a second; `waiting` for the first of them; `held` when none is to come. */
  showPace(pace: number | 'waiting' | 'held'): void {
    const words = pace === 'waiting' ? 'first step…' : pace === 'held' ? '–' : pace.toFixed(pace < 10 ? 1 : 0);
    element('rate').textContent = words;
  }

  /** Tells those who cannot see the page. */
  say(words: string): void {
    element('status').textContent = words;
  }
}

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
