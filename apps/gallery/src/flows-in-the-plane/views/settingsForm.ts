import type { PlaneName } from '@tenonjs/datasets';
import { token } from '../../page/theme';
import { windowAround } from '../engine/window';
import { allowed, type Settings, settingNames } from '../settings';
import { targetNames, targets } from '../targets';
import { Board } from './board';
import { paintDots } from './dots';

const backendLabels = { webgpu: 'WebGPU', wasm: 'WebAssembly', cpu: 'Plain JavaScript' };

/** The form beside the pictures: shows settings, and says when the visitor has changed one. */
export class SettingsForm {
  readonly #form: HTMLFormElement;
  readonly #thumbnails: ReadonlyMap<PlaneName, Thumbnail>;

  /** @param onChange - hears all settings, after one was changed to something that it may be. */
  constructor(form: HTMLFormElement, onChange: (settings: Settings) => void) {
    this.#form = form;
    this.#thumbnails = addTargets(find(form, '#targets'));
    for (const name of ['width', 'learningRate', 'batchSize', 'backend'] as const) {
      for (const choice of allowed[name]) {
        const label = name === 'backend' ? backendLabels[choice as keyof typeof backendLabels] : String(choice);
        find<HTMLSelectElement>(form, `#${name}`).add(new Option(label, String(choice)));
      }
    }
    for (const name of ['depth', 'seed'] as const) {
      const input = find<HTMLInputElement>(form, `#${name}`);
      input.min = String(allowed[name].from);
      input.max = String(allowed[name].to);
    }
    form.addEventListener('submit', (event) => event.preventDefault());
    form.addEventListener('input', () => this.#describe());
    form.addEventListener('change', () => {
      if (form.reportValidity()) onChange(this.#read());
    });
    find(form, '#other-seed').addEventListener('click', () => {
      const seed = Math.floor(Math.random() * (allowed.seed.to + 1)); // only a new name for a run: the run itself is seeded
      find<HTMLInputElement>(form, '#seed').value = String(seed);
      onChange(this.#read());
    });
  }

  show(settings: Settings): void {
    for (const name of settingNames) {
      const control = this.#form.elements.namedItem(name) as HTMLInputElement | RadioNodeList;
      control.value = String(settings[name]);
    }
    this.#describe();
  }

  /** @param shapes - a few points of each shape, [n, 2]. */
  showShapes(shapes: Record<PlaneName, Float32Array<ArrayBuffer>>): void {
    for (const [name, thumbnail] of this.#thumbnails) thumbnail.show(shapes[name]);
  }

  repaint(): void {
    for (const thumbnail of this.#thumbnails.values()) thumbnail.repaint();
  }

  #read(): Settings {
    const given = new FormData(this.#form);
    const number = (name: keyof Settings) =>
      Number(given.get(name) ?? find<HTMLSelectElement>(this.#form, `#${name}`).value);
    return {
      target: given.get('target') as Settings['target'],
      flow: given.get('flow') as Settings['flow'],
      depth: number('depth'),
      width: number('width'),
      learningRate: number('learningRate'),
      batchSize: number('batchSize'),
      seed: number('seed'),
      backend: given.get('backend') as Settings['backend'],
    };
  }

  /** Words that follow from what is chosen. */
  #describe(): void {
    const { target, depth, flow } = this.#read();
    find(this.#form, '#target-words').textContent = targets[target];
    find(this.#form, '#depth-words').textContent = `${depth} ${depth === 1 ? 'layer' : 'layers'}`;
    const planar = flow === 'planar';
    find<HTMLSelectElement>(this.#form, '#width').disabled = planar;
    find(this.#form, '#width-note').hidden = !planar;
  }
}

/** The small picture of a shape. */
class Thumbnail {
  readonly #board: Board;
  #points: Float32Array<ArrayBuffer> | undefined;

  constructor(canvas: HTMLCanvasElement) {
    this.#board = new Board(canvas, (surface) => {
      if (this.#points === undefined) return;
      const look = { colour: token('--data'), opacity: 0.75, size: 1.3 };
      paintDots(surface, this.#points, windowAround(this.#points), look);
    });
  }

  show(points: Float32Array<ArrayBuffer>): void {
    this.#points = points;
    this.#board.repaint();
  }

  repaint(): void {
    this.#board.repaint();
  }
}

function addTargets(box: HTMLElement): Map<PlaneName, Thumbnail> {
  return new Map(
    targetNames.map((name) => {
      const label = document.createElement('label');
      label.title = targets[name];
      const input = Object.assign(document.createElement('input'), { type: 'radio', name: 'target', value: name });
      input.setAttribute('aria-label', targets[name]);
      const canvas = document.createElement('canvas');
      canvas.setAttribute('aria-hidden', 'true');
      label.append(input, canvas);
      box.append(label);
      return [name, new Thumbnail(canvas)];
    }),
  );
}

function find<E extends HTMLElement>(root: ParentNode, selector: string): E {
  const element = root.querySelector<E>(selector);
  if (element === null) throw new Error(`SettingsForm: the page must have an element ${selector}`);
  return element;
}
