import { type PlaneName, plane, planeNames } from '@tenonjs/datasets';
import { colourDensity } from '../plane/colour';
import type { BackendName } from '../worker/backends';
import { LossMail } from '../worker/lossMail';
import { type Line, serve } from '../worker/serve';
import { resolutions } from './engine/density';
import type { Report, Request } from './protocol';
import { openSession, type Picture, type Session } from './session';
import type { Settings } from './settings';

/** Points in the small picture of a shape. */
const THUMBNAIL_POINTS = 400;

let session: Session | undefined;
let latest: Picture | undefined;
let ramp: string[] = [];

serve<Request, Report>(async (request, line, backend) => {
  switch (request.type) {
    case 'shapes': {
      const shapes = await Promise.all(planeNames.map(async (name) => [name, await thumbnail(name)] as const));
      line.report({ type: 'shapes', shapes: Object.fromEntries(shapes) as Record<PlaneName, Points> });
      return;
    }
    case 'open':
      await open(request.settings, line, backend);
      return;
    case 'ramp':
      ramp = request.ramp;
      await show(latest, line);
      return;
    default:
      session?.[request.type]();
  }
});

type Points = Float32Array<ArrayBuffer>;

async function open(settings: Settings, line: Line<Report>, backend: BackendName): Promise<void> {
  await session?.close();
  session = latest = undefined;
  const mail = new LossMail((losses, stepsPerSecond) =>
    line.report({ type: 'losses', losses, stepsPerSecond }, [losses.buffer]),
  );
  session = await openSession(settings, resolutions[backend], {
    onStep: (_, loss) => mail.add(loss),
    onPicture(picture) {
      mail.flush();
      latest = picture;
      void show(picture, line).catch(line.reportError);
    },
    onError: line.reportError,
  });
  line.report({ type: 'opened', scene: session.scene });
}

/** Colours a picture and hands it over, unless a later one has come meanwhile. */
async function show(picture: Picture | undefined, line: Line<Report>): Promise<void> {
  if (picture === undefined || ramp.length === 0) return;
  const { pixels, top } = colourDensity(picture.density, ramp);
  const density = await createImageBitmap(new ImageData(pixels, picture.size));
  if (picture === latest) {
    line.report({ type: 'picture', picture: { step: picture.step, density, top, places: picture.places } }, [density]);
  }
}

async function thumbnail(name: PlaneName): Promise<Points> {
  const points = plane(name, THUMBNAIL_POINTS, { seed: 1 });
  const numbers = Float32Array.from(await points.data());
  points.dispose();
  return numbers;
}
