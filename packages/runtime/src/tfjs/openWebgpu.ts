import * as tf from '@tensorflow/tfjs-core';
import { findGpu, releaseGpu } from '#gpu';
import type { OpenedBackend } from '../device';
import { importPeer } from '../importPeer';
import { activate } from './activate';
import { watchLoss } from './deviceLoss';
import { setPoolCap } from './instruments/poolCap';
import { type GpuBackend, gpuBackend } from './webgpu/gpuBackend';

/** Used where the adapter offers them: half precision, warp-wide operations, times of single kernels. */
const wantedFeatures = ['shader-f16', 'subgroups', 'timestamp-query'] as const;

/**
 * WebGPU on a device of our own: tfjs's stock one asks neither for the adapter's limits nor for half precision and
 * subgroups.
 *
 * @param poolCap - how many bytes of free buffers are kept; without it, all.
 */
export async function openWebgpu(poolCap = Number.POSITIVE_INFINITY): Promise<OpenedBackend> {
  const gpu = await findGpu();
  try {
    const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
    if (adapter === null) throw new Error('no GPU adapter was found (is a Vulkan, Metal or D3D12 driver installed?)');
    const features = wantedFeatures.filter((feature) => adapter.features.has(feature));
    const device = await adapter.requestDevice({
      requiredFeatures: features,
      requiredLimits: limitsOf(adapter),
    });
    const { WebGPUBackend } = await importPeer(
      '@tensorflow/tfjs-backend-webgpu',
      () => import('@tensorflow/tfjs-backend-webgpu'),
    );
    if (tf.findBackendFactory('webgpu') !== null) tf.removeBackend('webgpu');
    tf.registerBackend('webgpu', () => new WebGPUBackend(device, adapter.info), 3);
    await activate('webgpu');
    const lost = watchLoss(gpuBackend() as GpuBackend);
    setPoolCap(poolCap);

    const { vendor, architecture, device: model, description } = adapter.info;
    return {
      backend: 'webgpu',
      adapter: { vendor, architecture, device: model, description },
      features,
      lost,
      dispose() {
        // A later device may have taken the name: only our own backend is removed.
        if ((tf.findBackend('webgpu') as { device?: GPUDevice } | null)?.device === device) {
          tf.removeBackend('webgpu');
        }
        device.destroy();
        releaseGpu();
      },
    };
  } catch (error) {
    releaseGpu();
    throw error;
  }
}

/** All of the adapter's limits, so that a tensor may be as large as the GPU allows. */
function limitsOf(adapter: GPUAdapter): Record<string, number> {
  const limits: Record<string, number> = {};
  for (const name in adapter.limits) {
    const value = adapter.limits[name as keyof GPUSupportedLimits];
    if (typeof value === 'number') limits[name] = value;
  }
  return limits;
}
