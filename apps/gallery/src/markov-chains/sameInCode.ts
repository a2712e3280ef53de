import '@tensorflow/tfjs';
import { diagnose, hmc, metropolisHastings } from '@tenonjs/distributions';
import { randomNormal } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';

// A ring, known up to a factor: [n, 2] → [n].
const ring = (x: tf.Tensor) => tf.mul(-5, tf.square(tf.sub(tf.norm(x, 2, 1), 2.5)));
const initial = randomNormal([8, 2], { seed: 1, std: 2 }); // eight chains

// The warm-up finds the step size; then it is fixed.
const options = { initial, warmup: 100, draws: 200, seed: 7 };
const hamiltonian = await hmc(ring, { ...options, leapfrogSteps: 6 });
const metropolis = await metropolisHastings(ring, options);

for (const { draws, acceptance } of [hamiltonian, metropolis]) {
  const [x] = await diagnose(draws); // of [200, 8, 2]
  console.log(await tf.mean(acceptance).data(), x?.rHat, x?.bulk);
}
