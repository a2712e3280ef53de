/** What tfjs can compute on, the fastest first. */
export const backendNames = ['webgpu', 'wasm', 'cpu'] as const;
export type BackendName = (typeof backendNames)[number];

/** What a GPU says of itself; any of it may be empty. */
export interface Adapter {
  vendor: string;
  architecture: string;
  device: string;
  description: string;
}

/** A backend that was wanted and could not be had. */
export interface Fallback {
  backend: BackendName;
  reason: string;
}

/** That a GPU is gone, with all its tensors: a driver crashed, the GPU was reset or taken away, a program destroyed it. */
export interface DeviceLoss {
  /** `destroyed` or `unknown`, as WebGPU says it. */
  reason: string;
  /** What the driver says. */
  message: string;
}

/** The device that tfjs computes on now. */
export interface Device {
  readonly backend: BackendName;
  /** The GPU, or null on wasm and cpu. */
  readonly adapter: Adapter | null;
  /** What the device offers beyond the base: WebGPU features, `simd` and `threads` on wasm. */
  readonly features: readonly string[];
  /** What was preferred and could not be had, and why. */
  readonly fallbacks: readonly Fallback[];
  /** Settles when the GPU is lost, also by `dispose`; never on wasm and cpu. */
  readonly lost: Promise<DeviceLoss>;
  /** Gives the backend and its memory back; tensors that live on it are lost. In Node this lets the process exit. */
  dispose(): void;
}

/** One opened backend, before it is known what was tried in vain. */
export type OpenedBackend = Omit<Device, 'fallbacks'>;
