import { element } from '../page/element';
import { token } from '../page/theme';
import { Board, type Surface } from '../plane/board';
import { CELLS, MOST_PLACES, type Place, placesOf, read, type Stroke, write } from './code';
import { onSurface, paintStrokes } from './paintStrokes';
import { simplify } from './simplify';

/** Cells that the pen goes with an arrow key, and with Shift held too. */
const [KEY_STEP, FINE_STEP] = [4, 1];
const ARROWS: Record<string, Place> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** A sheet to draw on, by mouse, finger or keys. Every line that ends is heard. */
export class DrawingPad {
  readonly #pad = element('pad');
  readonly #board: Board;
  readonly #onChange: (drawing: string) => void;
  readonly #pen: number;
  #strokes: Stroke[] = [];
  /** The line that is being drawn. */
  #line: Place[] | undefined;
  /** Where the keys' pen is; drawn while the sheet has the focus. */
  #place: Place = [CELLS / 2, CELLS / 2];

  /** @param options.pen - how wide its lines are, as a share of the sheet. */
  constructor(onChange: (drawing: string) => void, { pen = 1 / 24 } = {}) {
    this.#onChange = onChange;
    this.#pen = pen;
    const pad = this.#pad;
    this.#board = new Board(element<HTMLCanvasElement>('sheet'), (surface) => this.#paint(surface));
    pad.addEventListener('pointerdown', (event) => {
      pad.setPointerCapture(event.pointerId);
      this.#line = [];
      this.#lead(this.#placeOf(event));
    });
    pad.addEventListener('pointermove', (event) => {
      if (this.#line === undefined || !pad.hasPointerCapture(event.pointerId)) return;
      for (const part of event.getCoalescedEvents()) this.#lead(this.#placeOf(part));
      this.#lead(this.#placeOf(event));
    });
    pad.addEventListener('pointerup', () => this.#end());
    pad.addEventListener('pointercancel', () => this.#end());
    pad.addEventListener('keydown', (event) => this.#press(event));
    for (const name of ['focus', 'blur']) {
      pad.addEventListener(name, () => {
        if (name === 'blur') this.#end();
        this.#board.repaint();
      });
    }
    element('undo').addEventListener('click', () => this.#keep(this.#strokes.slice(0, -1)));
    element('clear').addEventListener('click', () => this.#keep([]));
  }

  show(drawing: string): void {
    this.#strokes = read(drawing);
    this.#describe();
    this.#board.repaint();
  }

  repaint(): void {
    this.#board.repaint();
  }

  #press(event: KeyboardEvent): void {
    const arrow = ARROWS[event.key];
    if (arrow !== undefined) {
      const step = event.shiftKey ? FINE_STEP : KEY_STEP;
      this.#place = inside([this.#place[0] + step * arrow[0], this.#place[1] + step * arrow[1]]);
      if (this.#line !== undefined) this.#lead(this.#place);
    } else if (event.key === ' ') {
      if (this.#line !== undefined) this.#end();
      else {
        this.#line = [];
        this.#lead(this.#place);
      }
    } else if (event.key === 'Escape') this.#end();
    else if (event.key === 'Backspace') this.#keep(this.#strokes.slice(0, -1));
    else return;
    event.preventDefault();
    this.#describe();
    this.#board.repaint();
  }

  #lead(place: Place): void {
    const last = this.#line?.at(-1);
    if (last?.[0] === place[0] && last[1] === place[1]) return;
    this.#line?.push(place);
    this.#board.repaint();
  }

  #end(): void {
    const line = this.#line;
    this.#line = undefined;
    if (line !== undefined && line.length > 0) this.#keep([...this.#strokes, simplify(line)]);
  }

  #keep(strokes: Stroke[]): void {
    const drawing = write(strokes);
    const fits = placesOf(drawing) <= MOST_PLACES;
    if (fits) {
      this.#strokes = strokes;
      this.#onChange(drawing);
    }
    this.#describe();
    if (!fits)
      element('pad-words').textContent = 'This drawing is full: it has to fit into an address. Undo a line first.';
    this.#board.repaint();
  }

  #describe(): void {
    const count = this.#strokes.length;
    for (const id of ['undo', 'clear']) element<HTMLButtonElement>(id).disabled = count === 0;
    element('pad-words').textContent =
      this.#line !== undefined
        ? 'The pen is down.'
        : count === 0
          ? 'Draw a line to begin.'
          : 'By mouse or finger; or by the arrow keys, with Space to set the pen down and to lift it.';
  }

  #placeOf({ clientX, clientY }: PointerEvent): Place {
    const { left, top, width, height } = this.#pad.getBoundingClientRect();
    const [x, y] = [(clientX - left) / width, 1 - (clientY - top) / height];
    return inside([Math.floor(x * CELLS), Math.floor(y * CELLS)]);
  }

  #paint(surface: Surface): void {
    const strokes = this.#line === undefined ? this.#strokes : [...this.#strokes, this.#line];
    paintStrokes(surface, strokes, { width: surface.side * this.#pen });
    if (document.activeElement !== this.#pad || !this.#pad.matches(':focus-visible')) return;
    const { context, side } = surface;
    context.strokeStyle = token('--ink');
    context.lineWidth = 1.5;
    context.beginPath();
    context.arc(...onSurface(this.#place, side), 7, 0, 2 * Math.PI);
    context.stroke();
  }
}

const inside = ([x, y]: Place): Place => [Math.min(CELLS - 1, Math.max(0, x)), Math.min(CELLS - 1, Math.max(0, y))];
