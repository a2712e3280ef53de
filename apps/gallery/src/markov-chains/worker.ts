import { colourDensity } from '../plane/colour';
import { type Line, serve } from '../worker/serve';
import { tunedStep } from './engine/advance';
import { diagnosisOf, totalVariation } from './engine/record';
import { coarser, marginal, truthOn } from './engine/truth';
import { BINS, type Report, type Request } from './protocol';
import { groundOf, openSession, type Session, type Step, startOf } from './session';
import type { Settings } from './settings';
import { targets } from './targets';

/** Cells along a side: of the density's picture, of the histogram's, and where the two are compared. */
const [FINE, COARSE, ROUGH] = [192, 48, 16];
/** The page hears of steps and of surveys at most this often. */
const [WALK_MS, SURVEY_MS] = [50, 400];

/** A walk, and what of it was not told yet. */
interface Walking {
  session: Session;
  settings: Settings;
  density: Float32Array<ArrayBuffer>;
  /** Masses of the histogram's cells. */
  expected: Float32Array<ArrayBuffer>;
  untold: Step[];
  toldAt: number;
  surveyedAt: number;
  isAsked: boolean;
  accepted: number;
  evaluations: number;
  isOver: boolean;
}

let walking: Walking | undefined;
let ramp: string[] = [];

serve<Request, Report>(async (request, line) => {
  switch (request.type) {
    case 'open':
      await open(request.settings, line);
      return;
    case 'tune': {
      const initial = startOf({ ...request.settings, chains: Math.max(8, request.settings.chains) });
      const { target, seed } = request.settings;
      const stepSize = await tunedStep(request.settings, groundOf(target), initial, seed);
      initial.dispose();
      line.report({ type: 'tuned', stepSize });
      return;
    }
    case 'ramp':
      ramp = request.ramp;
      await showDensity(line);
      if (walking) await survey(walking, line);
      return;
    case 'pace':
      walking?.session.setPace(request.pace);
      return;
    default:
      walking?.session[request.type]();
  }
});

async function open(settings: Settings, line: Line<Report>): Promise<void> {
  if (walking) walking.isOver = true;
  await walking?.session.close();
  const { half } = targets[settings.target];
  const density = await truthOn(groundOf(settings.target), FINE);
  const session = await openSession(settings, {
    onStep: (step) => hear(now, step, line),
    onEnd(error) {
      if (error !== undefined) line.reportError(error);
      else {
        tell(now, line);
        void survey(now, line).catch(line.reportError);
        line.report({ type: 'ended' });
      }
    },
  });
  const now: Walking = {
    session,
    settings,
    density,
    expected: coarser(density, FINE, FINE / COARSE),
    untold: [],
    toldAt: 0,
    surveyedAt: 0,
    isAsked: false,
    accepted: 0,
    evaluations: 0,
    isOver: false,
  };
  walking = now;
  const truth = marginal(coarser(density, FINE, FINE / BINS), BINS, 0);
  line.report({ type: 'opened', scene: { half, start: session.start, truth } });
  await showDensity(line);
}

function hear(now: Walking, step: Step, line: Line<Report>): void {
  now.untold.push(step);
  now.accepted += step.accepted.reduce((sum, one) => sum + one, 0);
  now.evaluations += step.evaluations * now.settings.chains;
  // What was not told at once is told after a while, also when no other step comes.
  if (!now.isAsked) {
    now.isAsked = true;
    setTimeout(() => {
      now.isAsked = false;
      if (now.isOver) return;
      tell(now, line);
      if (performance.now() - now.surveyedAt >= SURVEY_MS) void survey(now, line).catch(line.reportError);
      else if (now.untold.length === 0) setTimeout(() => surveyLate(now, line), SURVEY_MS);
    }, WALK_MS);
  }
}

/** After the last of a few steps. */
function surveyLate(now: Walking, line: Line<Report>): void {
  if (!now.isOver && performance.now() - now.surveyedAt >= SURVEY_MS) void survey(now, line).catch(line.reportError);
}

function tell(now: Walking, line: Line<Report>): void {
  const last = now.untold.at(-1);
  if (last === undefined) return;
  const chains = now.settings.chains;
  const states = new Float32Array(now.untold.length * 2 * chains);
  now.untold.forEach((step, i) => {
    states.set(step.states, i * 2 * chains);
  });
  const time = performance.now();
  const stepsPerSecond = now.toldAt > 0 ? (now.untold.length * 1000) / (time - now.toldAt) : 0;
  line.report({ type: 'walk', walk: { states, path: last.path, accepted: last.accepted, stepsPerSecond } });
  now.untold = [];
  now.toldAt = time;
}

async function survey(now: Walking, line: Line<Report>): Promise<void> {
  const { record } = now.session;
  now.surveyedAt = performance.now();
  if (record.steps === 0 || ramp.length === 0) return;
  const { half } = targets[now.settings.target];
  const counts = record.histogram(half, COARSE);
  const { rHat, size, autocorrelation } = diagnosisOf(record);
  // In the density's own scale: as many colours for as much mass.
  const total = counts.reduce((sum, count) => sum + count, 0);
  const top = now.expected.slice().sort()[Math.ceil((now.expected.length - 1) * 0.998)] as number;
  const { pixels } = colourDensity(counts, ramp, total * top);
  const histogram = await createImageBitmap(new ImageData(pixels, COARSE));
  if (now.isOver) return;
  const bins = marginal(coarser(counts, COARSE, COARSE / BINS), BINS, 0).map((count) => count / Math.max(1, total));
  line.report(
    {
      type: 'survey',
      survey: {
        acceptance: now.accepted / (record.steps * record.chains),
        rHat,
        size,
        autocorrelation,
        bins,
        histogram,
        yield: size === undefined ? undefined : (1000 * size) / now.evaluations,
        distance: total < 50 ? undefined : totalVariation(rough(counts), rough(now.expected)),
      },
    },
    [histogram],
  );
}

/** Cells so large that many states fall into each: else any sample would look far from the density. */
const rough = (cells: Float32Array) => coarser(cells, COARSE, COARSE / ROUGH);

async function showDensity(line: Line<Report>): Promise<void> {
  if (walking === undefined || ramp.length === 0) return;
  const { pixels } = colourDensity(walking.density, ramp);
  const picture = await createImageBitmap(new ImageData(pixels, FINE));
  line.report({ type: 'density', picture }, [picture]);
}
