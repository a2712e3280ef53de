import { SIDE } from '../../digits/shape';
import { element } from '../../page/element';
import { token } from '../../page/theme';
import { Board } from '../../plane/board';
import { LEVELS } from '../halves';
import type { Law } from '../protocol';

/** What was expected at a pixel: a bar for each level, and the one that came marked. */
export class LawView {
  readonly #board: Board;
  #law: Law | undefined;
  #came = 0;

  constructor() {
    this.#board = new Board(element<HTMLCanvasElement>('law'), ({ context, side, height }) => {
      const law = this.#law;
      if (law === undefined) return;
      const [width, base] = [side / LEVELS, height - 22];
      context.font = `11px ${token('--sans')}`;
      Object.assign(context, { textAlign: 'center', textBaseline: 'alphabetic' });
      law.probabilities.forEach((probability, level) => {
        const bar = Math.max(1, probability * (base - 16));
        context.fillStyle = token(level === this.#came ? '--data' : '--model');
        context.fillRect(level * width + 3, base - bar, width - 6, bar);
        context.fillStyle = token('--ink-soft');
        context.fillText(probability < 0.005 ? '0' : probability.toFixed(2), (level + 0.5) * width, base - bar - 4);
        context.fillText(
          level === 0 ? 'paper' : level === LEVELS - 1 ? 'ink' : String(level),
          (level + 0.5) * width,
          height - 6,
        );
      });
    });
  }

  /** @param came - the level that stands there. */
  show(law: Law | undefined, came: number): void {
    this.#law = law;
    this.#came = came;
    this.#board.repaint();
    element('law-words').textContent = law === undefined ? 'Fill in first.' : words(law, came);
  }

  repaint(): void {
    this.#board.repaint();
  }
}

function words({ pixel, probabilities }: Law, came: number): string {
  const entropy = -probabilities.reduce((sum, p) => (p > 0 ? sum + p * Math.log2(p) : sum), 0);
  const surprise = -Math.log2(Math.max(probabilities[came] as number, 1e-9));
  const place = `Row ${Math.floor(pixel / SIDE) + 1}, column ${(pixel % SIDE) + 1}`;
  return `${place}: ${entropy.toFixed(2)} bits were open, and what came took ${surprise.toFixed(2)}.`;
}
