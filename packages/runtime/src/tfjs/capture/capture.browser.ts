/** Captured steps in a real browser: another WebGPU, other stacks. */
import './capture.test';
