import type { PixelCnn } from '@tenonjs/flows';
import { readDigits } from '../digits/readDigits';
import { PIXELS } from '../digits/shape';
import { type Line, serve } from '../worker/serve';
import type { Half } from './halves';
import { digitModel } from './model';
import type { Report, Request } from './protocol';
import { openSession, type Session } from './session';
import type { Settings } from './settings';
import bottom from './weights/bottom.safetensors?url';
import left from './weights/left.safetensors?url';
import right from './weights/right.safetensors?url';
import top from './weights/top.safetensors?url';

const weights: Record<Half, string> = { top, left, bottom, right };

let digits: Uint8Array | undefined;
const models = new Map<Half, PixelCnn>();
let session: Session | undefined;

serve<Request, Report>(async (request, line) => {
  switch (request.type) {
    case 'open':
      await open(request.settings, line);
      return;
    case 'inspect':
      if (session) line.report({ type: 'law', law: await session.lawAt(request.image, request.pixel) });
      return;
    default:
      session?.[request.type]();
  }
});

async function open({ digit, given, seed }: Settings, line: Line<Report>): Promise<void> {
  await session?.close();
  session = undefined;
  digits ??= await readDigits();
  const model = models.get(given) ?? (await trained(given));
  models.set(given, model);
  const image = digits.subarray(digit * PIXELS, (digit + 1) * PIXELS);
  session = await openSession(
    model,
    { digit: image, given, seed },
    {
      onLine: (drawn) => line.report({ type: 'line', line: drawn }),
      onFinish: (surprise) => line.report({ type: 'finished', surprise }),
      onError: line.reportError,
    },
  );
  line.report({ type: 'opened', scene: { real: session.real } });
}

async function trained(given: Half): Promise<PixelCnn> {
  const model = digitModel(given, 0);
  model.load(new Uint8Array(await (await fetch(weights[given])).arrayBuffer()));
  return model;
}
