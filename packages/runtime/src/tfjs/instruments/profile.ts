import * as tf from '@tensorflow/tfjs-core';
import { flush, type GpuBackend, gpuBackend } from '../webgpu/gpuBackend';
import { watchCommands } from './watchCommands';

/** What one kind of op took. */
export interface OpProfile {
  /** The kernel's name in tfjs's registry. */
  name: string;
  calls: number;
  /** Kernels started on the GPU; 0 on wasm and cpu. */
  dispatches: number;
  /** Milliseconds on the GPU, by its own clock; undefined without one (`timestamp-query`). */
  gpuTime: number | undefined;
  /** Milliseconds on the host: of JavaScript on WebGPU, of the work itself on wasm and cpu. */
  hostTime: number;
  /** Of inputs and outputs, each counted once a call. */
  bytes: number;
}

export interface Profile<T> {
  /** The costliest op first. What an op does through others is counted with those. */
  rows: OpProfile[];
  totals: Omit<OpProfile, 'name'>;
  /** What the function returned. */
  result: T;
}

type RunKernel = () => tf.Tensor[];

/** What is used of tfjs's engine, 4.22: while it profiles, each kernel runs through its profiler. */
interface Engine {
  state: { profiling: boolean; activeProfile: { kernels: unknown[] } };
  profiler: { profileKernel(name: string, inputs: Record<string, tf.TensorInfo | null>, run: RunKernel): object };
}

/** Times what a kernel dispatches by itself, each dispatch in a pass of its own. */
interface Timing extends GpuBackend {
  time(run: () => void): Promise<{ kernelMs: number }>;
}

/**
 * What each op of a call takes: how often it ran, its dispatches, its time on the GPU and on the host, the bytes it works on.
 * On WebGPU every dispatch is then a pass of its own, and captured steps run op by op, so that the whole takes longer than it
 * does undisturbed.
 *
 * @param fn - is called once; may be async. Ops that others run meanwhile are counted too.
 * @throws whatever the function throws.
 *
 * @example
 * const { rows, totals } = await profile(() => model.predict(x));
 * console.log(formatProfile({ rows, totals }));
 */
export async function profile<T>(fn: () => T | Promise<T>): Promise<Profile<T>> {
  tf.backend(); // is started, where it was not
  const engine = tf.engine() as unknown as Engine;
  const usual = engine.profiler;
  const profiler = new KernelProfiler(gpuBackend() as Timing | undefined);
  engine.profiler = profiler;
  engine.state.profiling = true;
  try {
    const result = await fn();
    return { ...(await profiler.finish()), result };
  } finally {
    profiler.stop();
    engine.profiler = usual;
    engine.state.profiling = false;
    engine.state.activeProfile.kernels = [];
  }
}

/** A kernel under way, and what of its time and dispatches belongs to kernels inside. */
interface Frame {
  time: number;
  dispatches: number;
}

class KernelProfiler {
  private readonly gpu: Timing | undefined;
  private readonly rows = new Map<string, OpProfile>();
  private readonly timings: Promise<void>[] = [];
  private readonly stack: Frame[] = [];
  private readonly counts: { dispatches: number };
  readonly stop: () => void;

  constructor(gpu: Timing | undefined) {
    this.gpu = gpu;
    if (gpu !== undefined) flush(gpu);
    const watched = gpu && watchCommands(gpu);
    this.counts = watched?.counts ?? { dispatches: 0 };
    this.stop = watched?.stop ?? (() => {});
  }

  profileKernel(name: string, inputs: Record<string, tf.TensorInfo | null>, run: RunKernel): object {
    const row = this.rowOf(name);
    const inside: Frame = { time: 0, dispatches: 0 };
    const [start, dispatchesBefore] = [performance.now(), this.counts.dispatches];
    this.stack.push(inside);
    let outputs: tf.Tensor[];
    try {
      outputs = this.gpu?.supportTimestampQuery ? this.runTimed(this.gpu, run, row) : run();
    } finally {
      this.stack.pop();
    }
    const time = performance.now() - start;
    const dispatches = this.counts.dispatches - dispatchesBefore;
    const around = this.stack.at(-1);
    if (around !== undefined) {
      around.time += time;
      around.dispatches += dispatches;
    }
    row.calls++;
    row.hostTime += time - inside.time;
    row.dispatches += dispatches - inside.dispatches;
    row.bytes += [...Object.values(inputs), ...outputs].reduce((sum, tensor) => sum + bytesOf(tensor), 0);
    return { kernelName: name, inputs, outputs, timeMs: Promise.resolve(0), extraInfo: Promise.resolve('') };
  }

  async finish(): Promise<Omit<Profile<never>, 'result'>> {
    await Promise.all(this.timings);
    const cost = ({ gpuTime, hostTime }: OpProfile) => gpuTime ?? hostTime;
    const rows = [...this.rows.values()].sort((a, b) => cost(b) - cost(a));
    return { rows, totals: totalOf(rows) };
  }

  private rowOf(name: string): OpProfile {
    const known = this.rows.get(name);
    if (known !== undefined) return known;
    const gpuTime = this.gpu?.supportTimestampQuery ? 0 : undefined;
    const row = { name, calls: 0, dispatches: 0, gpuTime, hostTime: 0, bytes: 0 };
    this.rows.set(name, row);
    return row;
  }

  private runTimed(gpu: Timing, run: RunKernel, row: OpProfile): tf.Tensor[] {
    let outputs: tf.Tensor[] | undefined;
    let failure: unknown;
    const timing = gpu.time(() => {
      try {
        outputs = run();
      } catch (error) {
        failure = error; // `time` would keep it to itself
      }
    });
    this.timings.push(
      timing.then(({ kernelMs }) => {
        row.gpuTime = (row.gpuTime ?? 0) + kernelMs;
      }),
    );
    if (outputs === undefined) throw failure;
    return outputs;
  }
}

function bytesOf(tensor: tf.TensorInfo | null): number {
  if (tensor === null || tensor?.shape === undefined) return 0; // left out, or a picture
  return tf.util.sizeFromShape(tensor.shape) * tf.util.bytesPerElement(tensor.dtype as 'float32');
}

function totalOf(rows: readonly OpProfile[]): Omit<OpProfile, 'name'> {
  const sum = (key: 'calls' | 'dispatches' | 'hostTime' | 'bytes') => rows.reduce((total, row) => total + row[key], 0);
  const timed = rows.flatMap(({ gpuTime }) => gpuTime ?? []);
  return {
    calls: sum('calls'),
    dispatches: sum('dispatches'),
    gpuTime: timed.length > 0 ? timed.reduce((total, time) => total + time, 0) : undefined,
    hostTime: sum('hostTime'),
    bytes: sum('bytes'),
  };
}
