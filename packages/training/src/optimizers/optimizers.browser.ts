/** The optimizers in a real browser, on its WebGPU. */
import './optimizers.test';
