/** The browser's own entry to WebGPU. */
export async function findGpu(): Promise<GPU> {
  if (!('gpu' in navigator) || !navigator.gpu) {
    throw new Error(
      isSecureContext
        ? 'this browser has no WebGPU'
        : 'WebGPU needs a secure page: serve it over https or from localhost',
    );
  }
  return navigator.gpu;
}

/** Nothing to release: the browser owns the GPU object. */
export function releaseGpu(): void {}
