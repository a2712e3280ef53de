import type { GpuBackend } from './gpuBackend';
import { type Kernel, workshopOf } from './workshop';

/**
 * The compiled kernel of a code, from the cache when it was compiled before.
 *
 * @throws Error naming the op, the line and the compiler's message when the code is known not to compile; the first time
 *   it is not yet known, and the next read of any tensor says so.
 */
export function kernelOf(
  backend: GpuBackend,
  op: string,
  {
    prelude,
    code,
    reads,
    writes,
    params,
  }: { prelude: string; code: string; reads: number; writes: number; params: boolean },
): Kernel {
  const workshop = workshopOf(backend);
  const whole = `${prelude}\n${code}`;
  const failure = workshop.failures.get(whole);
  if (failure !== undefined) throw failure;
  const known = workshop.kernels.get(whole);
  if (known !== undefined) return known;

  const { device } = backend;
  const entries: GPUBindGroupLayoutEntry[] = Array.from(
    { length: reads + writes + (params ? 1 : 0) },
    (_, binding) => ({
      binding,
      visibility: GPUShaderStage.COMPUTE,
      buffer: { type: binding < reads ? 'read-only-storage' : binding < reads + writes ? 'storage' : 'uniform' },
    }),
  );
  device.pushErrorScope('validation');
  const module = device.createShaderModule({ code: whole, label: op });
  const layout = device.createBindGroupLayout({ entries });
  const pipeline = device.createComputePipeline({
    label: op,
    layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
    compute: { module, entryPoint: 'main' },
  });
  const check = findFailure(op, module, device.popErrorScope(), prelude.split('\n').length).then((found) => {
    workshop.pending.delete(check);
    if (found === undefined) return;
    workshop.failures.set(whole, found);
    workshop.untold.push(found);
  });
  workshop.pending.add(check);
  const kernel = { pipeline, layout };
  workshop.kernels.set(whole, kernel);
  return kernel;
}

async function findFailure(
  op: string,
  module: GPUShaderModule,
  scope: Promise<GPUError | null>,
  preludeLines: number,
): Promise<Error | undefined> {
  const [{ messages }, error] = await Promise.all([module.getCompilationInfo(), scope]);
  const [first] = messages.filter(({ type }) => type === 'error');
  if (first !== undefined) {
    const line = first.lineNum - preludeLines;
    const where = line > 0 ? `line ${line}` : `line ${first.lineNum} of the declarations made for it`;
    return new Error(`defineOp: the WebGPU kernel of ${op} must compile, got at ${where}: ${first.message}`);
  }
  if (error !== null) return new Error(`defineOp: the WebGPU kernel of ${op} must be valid, got: ${error.message}`);
  return undefined;
}

/** How the labels of parameters begin: their content follows. */
export const PARAMS = 'params ';

/** More different parameters than this are unlikely to come again. */
const MOST_UNIFORMS = 4096;

/** A uniform buffer of this content. It is made once and never written again, so that recordings may share it. */
export function uniformOf(backend: GpuBackend, params: Uint32Array<ArrayBuffer>): GPUBuffer {
  const { uniforms } = workshopOf(backend);
  const key = params.join();
  const known = uniforms.get(key);
  if (known !== undefined) return known;
  if (uniforms.size >= MOST_UNIFORMS) uniforms.clear();
  const buffer = backend.device.createBuffer({
    label: `${PARAMS}${key}`,
    size: params.byteLength,
    usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    mappedAtCreation: true,
  });
  new Uint32Array(buffer.getMappedRange()).set(params);
  buffer.unmap();
  uniforms.set(key, buffer);
  return buffer;
}
