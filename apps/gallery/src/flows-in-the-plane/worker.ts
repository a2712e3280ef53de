import { type PlaneName, plane } from '@tenonjs/datasets';
import { colourDensity } from './engine/colour';
import type { Resolution } from './engine/density';
import { LossMail } from './engine/lossMail';
import { openDevice, resolutions } from './engine/openDevice';
import type { Report, Request } from './protocol';
import { openSession, type Picture, type Session } from './session';
import type { BackendName, Settings } from './settings';
import { targetNames } from './targets';

/** Points in the small picture of a shape. */
const THUMBNAIL_POINTS = 400;

/** Of the device in use; without a device, nothing can be opened. */
let resolution: Resolution | undefined;
let session: Session | undefined;
let latest: Picture | undefined;
let ramp: string[] = [];

const report = (message: Report, transfer: Transferable[] = []) => self.postMessage(message, { transfer });
const reportError = (error: unknown) =>
  report({ type: 'error', message: error instanceof Error ? error.message : String(error) });

// One request after another: what takes time ends before the next begins.
let turn: Promise<void> = Promise.resolve();
const inTurn = (task: () => Promise<void>) => {
  turn = turn.then(task).catch(reportError);
};

self.onmessage = ({ data: request }: MessageEvent<Request>) => {
  switch (request.type) {
    case 'device':
      return inTurn(() => start(request.backend));
    case 'open':
      return inTurn(() => open(request.settings));
    case 'ramp':
      ramp = request.ramp;
      return inTurn(() => show(latest));
    default:
      return inTurn(async () => session?.[request.type]());
  }
};

async function start(wanted: BackendName): Promise<void> {
  const { backend, adapter, features, fallbacks } = await openDevice(wanted);
  resolution = resolutions[backend];
  report({ type: 'device', device: { backend, adapter, features, fallbacks } });
  const shapes = await Promise.all(targetNames.map(async (name) => [name, await thumbnail(name)] as const));
  report({
    type: 'shapes',
    shapes: Object.fromEntries(shapes) as Record<(typeof targetNames)[number], Float32Array<ArrayBuffer>>,
  });
}

async function open(settings: Settings): Promise<void> {
  if (resolution === undefined) return;
  await session?.close();
  latest = undefined;
  const mail = new LossMail((losses, stepsPerSecond) =>
    report({ type: 'losses', losses, stepsPerSecond }, [losses.buffer]),
  );
  session = await openSession(settings, resolution, {
    onStep: (_, loss) => mail.add(loss),
    onPicture(picture) {
      mail.flush();
      latest = picture;
      void show(picture).catch(reportError);
    },
    onError: reportError,
  });
  report({ type: 'opened', scene: session.scene });
}

/** Colours a picture and hands it over, unless a later one has come meanwhile. */
async function show(picture: Picture | undefined): Promise<void> {
  if (picture === undefined || ramp.length === 0) return;
  const { pixels, top } = colourDensity(picture.density, ramp);
  const density = await createImageBitmap(new ImageData(pixels, picture.size));
  if (picture === latest) {
    report({ type: 'picture', picture: { step: picture.step, density, top, places: picture.places } }, [density]);
  }
}

async function thumbnail(name: PlaneName): Promise<Float32Array<ArrayBuffer>> {
  const points = plane(name, THUMBNAIL_POINTS, { seed: 1 });
  const numbers = Float32Array.from(await points.data());
  points.dispose();
  return numbers;
}
