import type { Numbers } from '../../tfjs/ops/heap';
import type { HostCall } from '../../tfjs/ops/hostKernel';
import type { CrossEntropyAttributes } from './reduction';

interface Row {
  start: number;
  /** The class that counts, −1 when labels are dense. */
  label: number;
}

/** Visits each row that counts, the others as `undefined`; returns how many count. */
function eachRow(
  labels: Numbers,
  rows: number,
  classes: number,
  { integer, ignored }: { integer: boolean; ignored: number },
  visit: (row: number, found: Row | undefined) => void,
): number {
  let counted = 0;
  for (let row = 0; row < rows; row++) {
    const label = integer ? (labels[row] as number) : -1;
    const counts = !integer || (label >= 0 && label < classes && label !== ignored);
    if (counts) counted++;
    visit(row, counts ? { start: row * classes, label } : undefined);
  }
  return counted;
}

/** The largest of a row and Σ exp of the distances from it. */
function softmaxOf(logits: Numbers, start: number, classes: number): [most: number, total: number] {
  let most = Number.NEGATIVE_INFINITY;
  for (let i = start; i < start + classes; i++) most = Math.max(most, logits[i] as number);
  let total = 0;
  for (let i = start; i < start + classes; i++) total += Math.exp((logits[i] as number) - most);
  return [most, total];
}

/** The weight of class c in a row. */
function goalOf(labels: Numbers, { start, label }: Row, c: number, smoothing: number, classes: number): number {
  const own = label >= 0 ? (label === c ? 1 : 0) : (labels[start + c] as number);
  return smoothing / classes + (1 - smoothing) * own;
}

type Forward = HostCall<'logits' | 'labels', 'loss' | 'scale', CrossEntropyAttributes>;

export function crossEntropyOnHost({ inputs: { logits, labels }, outputs, shapes, attributes }: Forward): void {
  const { labelSmoothing, ignoredIndex, reduction } = attributes;
  const classes = shapes.logits.at(-1) as number;
  const integer = labels instanceof Int32Array;
  const rows = classes === 0 ? 0 : logits.length / classes;
  let sum = 0;
  const counted = eachRow(labels, rows, classes, { integer, ignored: ignoredIndex }, (row, found) => {
    let each = 0;
    if (found !== undefined) {
      const [most, total] = softmaxOf(logits, found.start, classes);
      const norm = most + Math.log(total);
      for (let c = 0; c < classes; c++) {
        each += goalOf(labels, found, c, labelSmoothing, classes) * (norm - (logits[found.start + c] as number));
      }
    }
    if (reduction === 'none') outputs.loss[row] = each;
    else sum += each;
  });
  const scale = reduction !== 'mean' ? 1 : counted > 0 ? 1 / counted : 0;
  outputs.scale[0] = scale;
  if (reduction !== 'none') outputs.loss[0] = sum * scale;
}

type Backward = HostCall<'logits' | 'labels' | 'dLoss' | 'scale', 'dLogits', CrossEntropyAttributes>;

export function crossEntropyGradientOnHost({ inputs, outputs: { dLogits }, shapes, attributes }: Backward): void {
  const { logits, labels, dLoss, scale } = inputs;
  const { labelSmoothing, ignoredIndex, reduction } = attributes;
  const classes = shapes.logits.at(-1) as number;
  const integer = labels instanceof Int32Array;
  const rows = classes === 0 ? 0 : logits.length / classes;
  dLogits.fill(0);
  eachRow(labels, rows, classes, { integer, ignored: ignoredIndex }, (row, found) => {
    if (found === undefined) return;
    const factor = reduction === 'none' ? (dLoss[row] as number) : (dLoss[0] as number) * (scale[0] as number);
    const [most, total] = softmaxOf(logits, found.start, classes);
    let goals = 0;
    for (let c = 0; c < classes; c++) goals += goalOf(labels, found, c, labelSmoothing, classes);
    for (let c = 0; c < classes; c++) {
      const i = found.start + c;
      const share = Math.exp((logits[i] as number) - most) / total;
      dLogits[i] = factor * (share * goals - goalOf(labels, found, c, labelSmoothing, classes));
    }
  });
}
