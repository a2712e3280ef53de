import type { Flow } from '@tenonjs/flows';
import { readDigits } from '../digits/readDigits';
import { breathe } from '../worker/breathe';
import { serve } from '../worker/serve';
import { imageOf, madeUp, stationsOf } from './engine/ways';
import weights from './faces.safetensors?url';
import { faceFlow } from './model';
import { type Report, type Request, type Stations, type Way, wayNames } from './protocol';

/** Digits that the flow makes up, and how far from the middle they are drawn, as a share. */
const [SAMPLES, BOLDNESS] = [12, 0.8];

let digits: Uint8Array | undefined;
let flow: Flow | undefined;
/** The last request: what an earlier one began is given up for it. */
let latest = 0;

serve<Request, Report>(({ settings: { from, to, seed } }, line) => {
  const mine = ++latest;
  const isStale = () => mine !== latest;
  void answer().catch(line.reportError); // not awaited: a later request is heard meanwhile

  async function answer(): Promise<void> {
    digits ??= await readDigits();
    flow ??= await trained();
    const ends = [imageOf(digits, from), imageOf(digits, to)] as const;
    const ways: Partial<Record<Way, Stations>> = {};
    for (const way of wayNames) {
      if (!isStale()) ways[way] = await stationsOf(flow, way, ends, { seed, breathe });
    }
    for (const end of ends) end.dispose();
    if (isStale()) return;
    line.report({ type: 'ways', ways: ways as Record<Way, Stations> });
    await breathe();
    if (isStale()) return;
    const images = madeUp(flow, SAMPLES, { seed, boldness: BOLDNESS });
    const samples = Float32Array.from(await images.data());
    images.dispose();
    line.report({ type: 'samples', samples }, [samples.buffer]);
  }
});

async function trained(): Promise<Flow> {
  const made = faceFlow(0);
  made.load(new Uint8Array(await (await fetch(weights)).arrayBuffer()));
  return made;
}
