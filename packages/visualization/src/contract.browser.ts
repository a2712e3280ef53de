/** The contract suite in a real browser: WebGPU there is not the one of Node. */
import './contract.test';
