/** The streams in a real browser: WebGPU there is not the one of Node. */
import './tensor.test';
