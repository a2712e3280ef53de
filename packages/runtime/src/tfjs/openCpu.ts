import * as tf from '@tensorflow/tfjs-core';
import type { OpenedBackend } from '../device';
import { importPeer } from '../importPeer';
import { activate } from './activate';
import { renew } from './renew';

/** Plain JavaScript: slow, exact, everywhere. */
export async function openCpu(): Promise<OpenedBackend> {
  if (tf.findBackendFactory('cpu') === null) {
    await importPeer('@tensorflow/tfjs-backend-cpu', () => import('@tensorflow/tfjs-backend-cpu'));
  }
  await activate('cpu');
  return { backend: 'cpu', adapter: null, features: [], lost: new Promise(() => {}), dispose: () => renew('cpu') };
}
