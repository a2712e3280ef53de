import '@tensorflow/tfjs';
import { plane } from '@tenonjs/datasets';
import { realNvp } from '@tenonjs/flows';
import { initDevice } from '@tenonjs/runtime';
import { adam, fit } from '@tenonjs/training';

await initDevice(); // WebGPU, else WebAssembly, else plain JavaScript

const x = plane('twoMoons', 20_000, { seed: 1 }); // [20000, 2]
const flow = realNvp({ dim: 2, layers: 8, hidden: [64, 64], activation: 'tanh', seed: 2 });
await fit(flow, { x }, { optimizer: adam({ learningRate: 3e-3 }), epochs: 20, batchSize: 256, seed: 3 });

const points = flow.sample(1000, { seed: 4 }); // [1000, 2]
const nats = flow.logProb(points); // [1000]
console.log(await nats.data());
