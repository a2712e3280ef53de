import { DigitPicker } from '../digits/digitPicker';
import { readDigits } from '../digits/readDigits';
import { kindOf, PIXELS } from '../digits/shape';
import { read as strokesOf } from '../drawing/code';
import { DrawingPad } from '../drawing/drawingPad';
import { LossChart } from '../loss/lossChart';
import { LossHistory } from '../loss/lossHistory';
import { Address } from '../page/address';
import { showDevice } from '../page/deviceWords';
import { dress } from '../page/dress';
import { element } from '../page/element';
import { Notice } from '../page/notice';
import { Port } from '../page/port';
import { SettingsForm } from '../page/settingsForm';
import { onScheme } from '../page/theme';
import { Transport } from '../page/transport';
import { backendLabels } from '../worker/backends';
import type { CommonReport } from '../worker/line';
import { codeOf } from './codeOf';
import { digitOf } from './engine/digitOf';
import type { Maps } from './engine/insight';
import { largest } from './engine/tile';
import { labelOf } from './handwriting';
import type { Report, Request } from './protocol';
import type { Look, Picture } from './session';
import { defaults, rules, type Settings, sameRun, writing } from './settings';
import { inputFigures, type Outline } from './stack/figures';
import { reachWords, stageName } from './stack/words';
import { AccuracyChart } from './views/accuracyChart';
import { JudgementView } from './views/judgementView';
import { MapsView } from './views/mapsView';
import { OddsView } from './views/oddsView';
import { PresetsView } from './views/presetsView';
import { ReachView } from './views/reachView';
import { StackView } from './views/stackView';

const stack = new StackView({
  onEdit({ stack, look }, words) {
    follow({ ...address.settings, stack, look });
    if (words !== '') transport.say(`${words} ${outline.problem?.words ?? ''}`);
  },
  onPoint(stage) {
    pointed = stage;
    showReach();
  },
});
const presets = new PresetsView((stack) => follow({ ...address.settings, stack, look: 1 }));
const reach = new ReachView(showReach);
const maps = new MapsView(element<HTMLCanvasElement>('maps'));
const then = new MapsView(element<HTMLCanvasElement>('filters-then'));
const now = new MapsView(element<HTMLCanvasElement>('filters-now'));
const odds = new OddsView();
const judgements = new JudgementView((held) => follow({ ...address.settings, shown: 'held', held }));
const chart = new LossChart(element('chart'));
const accuracy = new AccuracyChart(element('accuracy-chart'));
const picker = new DigitPicker('digit');
const pad = new DrawingPad((drawing) => follow({ ...address.settings, drawing }), { pen: 1 / 11 });
const notice = new Notice(startAfresh);
const port = new Port<Request, Report>(
  () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
  hear,
);
const address = new Address(writing, (settings) => follow(settings));
const form = new SettingsForm(element<HTMLFormElement>('settings'), defaults, rules, {
  onChange: follow,
  describe,
  labels: { backend: (name) => backendLabels[name] },
});
const transport = new Transport({
  run() {
    transport.say('Training.');
    port.ask({ type: 'run' });
  },
  pause() {
    transport.say(`Paused after ${losses.steps} steps, loss ${losses.mean.toFixed(3)} nats.`);
    port.ask({ type: 'pause' });
  },
  step: () => port.ask({ type: 'step' }),
  reset() {
    transport.say('Back at the untrained network.');
    open(address.settings);
  },
});

let outline: Outline;
let losses = new LossHistory();
let best = 0;
let filtersBefore: Maps | undefined;
let digits: Uint8Array | undefined;
/** Those that are trained and judged on. */
let handwriting: Float32Array<ArrayBuffer> | undefined;
/** What the worker trains, or is to train as soon as the digits are there. */
let opened: Settings | undefined;
/** The stage that is pointed at. */
let pointed: number | undefined;
/** The stage that the maps on the page are of. */
let mapped = 0;

/** Shows settings, keeps them in the address, and trains anew or only looks elsewhere. */
function follow(settings: Settings): void {
  address.settings = settings;
  show(settings);
  if (opened !== undefined && sameRun(opened, settings)) look(settings);
  else open(settings);
}

function show(settings: Settings): void {
  form.show(settings);
  outline = stack.show(settings);
  presets.show(settings.stack);
  showReach();
  reach.showDigit(imageOf(settings));
  element('code').textContent = codeOf(settings).trim();
}

/** Starts over with these settings, and goes on training if it was; what cannot be built is not trained. */
function open(settings: Settings): void {
  notice.hide();
  port.hire(settings.backend);
  opened = settings;
  const isSound = outline.problem === undefined;
  if (!isSound) {
    transport.enabled = false;
    element('pictures').ariaBusy = 'true';
    port.ask({ type: 'close' });
    return;
  }
  if (digits === undefined) return; // they are on their way, and then this comes again
  port.ask({ type: 'open', run: settings, look: lookOf(settings) });
  if (transport.running) port.ask({ type: 'run' });
}

function look(settings: Settings): void {
  if (outline.problem === undefined && digits !== undefined) port.ask({ type: 'look', look: lookOf(settings) });
}

const lookOf = (settings: Settings): Look => ({
  image: imageOf(settings),
  stage: Math.min(settings.look, settings.stack.length + 1),
});

function imageOf({ shown, digit, held, drawing }: Settings): Float32Array<ArrayBuffer> {
  if (shown === 'drawn') return digitOf(strokesOf(drawing));
  if (shown === 'held') return handwriting?.slice(held * PIXELS, (held + 1) * PIXELS) ?? new Float32Array(PIXELS);
  const levels = digits?.subarray(digit * PIXELS, (digit + 1) * PIXELS);
  return levels ? Float32Array.from(levels, (level) => level / 255) : new Float32Array(PIXELS);
}

/** After an error: a new worker with the same settings. */
function startAfresh(): void {
  port.dismiss();
  open(address.settings);
}

/* What the worker reports. */

function hear(report: Report | CommonReport): void {
  switch (report.type) {
    case 'device':
      showDevice(report.device);
      break;
    case 'digits':
      handwriting = report.pixels;
      judgements.know(handwriting);
      if (address.settings.shown === 'held') {
        show(address.settings);
        look(address.settings);
      }
      break;
    case 'opened':
      enter(report.filters);
      break;
    case 'losses':
      for (const loss of report.losses) losses.add(loss);
      element('loss').textContent = losses.mean.toFixed(3);
      transport.showSteps(losses.steps);
      if (transport.running && report.stepsPerSecond > 0) transport.showPace(report.stepsPerSecond);
      chart.update(losses.columns());
      break;
    case 'judgement': {
      const { step, loss, accuracy: share } = report.judgement;
      best = Math.max(best, share);
      element('held-loss').textContent = loss.toFixed(3);
      element('accuracy').textContent = percent(share);
      element('best').textContent = percent(best);
      accuracy.add(step, share);
      judgements.show(report.judgement);
      break;
    }
    case 'picture':
      draw(report.picture);
      break;
    case 'error':
      transport.running = false;
      element('pictures').ariaBusy = 'false';
      notice.show('Training has stopped.', report.message);
  }
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

function enter(filters: Maps): void {
  losses = new LossHistory();
  best = 0;
  filtersBefore = filters;
  for (const id of ['loss', 'held-loss', 'accuracy', 'best']) element(id).textContent = '–';
  transport.showSteps(0);
  transport.showPace(transport.running ? 'waiting' : 'held');
  chart.open();
  accuracy.open();
  transport.enabled = outline.problem === undefined;
}

function draw({ filters, maps: values, stage, probabilities }: Picture): void {
  element('pictures').ariaBusy = 'false';
  const before = filtersBefore ?? filters;
  const most = largest(before.values, filters.values);
  then.show(before, most);
  now.show(filters, most);
  element('filters-words').textContent = filterWords(filters, before);
  maps.show(values);
  mapped = stage;
  element('maps-words').textContent = mapWords(values, stage);
  showReach();
  const { shown, digit, held } = address.settings;
  odds.show(probabilities, { real: kindOf(digit), held: labelOf(held), drawn: undefined }[shown]);
}

function filterWords({ values, side, count }: Maps, before: Maps): string {
  const change = values.reduce((sum, value, i) => sum + Math.abs(value - (before.values[i] ?? value)), 0);
  const size = values.reduce((sum, value) => sum + Math.abs(value), 0);
  const kind = side > 7 ? 'templates' : side === 1 ? 'weights' : 'filters';
  return `${count} ${kind} of ${side} × ${side}; ${Math.round((100 * change) / (size || 1))} % of them is change since the start.`;
}

const nameOf = (stage: number) =>
  stageName(
    address.settings.stack.map(({ kind }) => kind),
    stage,
  );

function mapWords({ values, side, count }: Maps, stage: number): string {
  const silent = Array.from({ length: count }, (_, map) => map).filter((map) => {
    for (let place = 0; place < side * side; place++) if (values[place * count + map] !== 0) return false;
    return true;
  }).length;
  const what = side > 1 ? `${count} ${count === 1 ? 'map' : 'maps'} of ${side} × ${side}` : `${count} numbers`;
  return `Of ${nameOf(stage)}: ${what}${silent > 0 ? `, ${silent} of them silent` : ''}. Choose another block by its name.`;
}

/* What follows from both. */

/** The field of a unit of the block that is pointed at, or else looked into. */
function showReach(): void {
  const { look, stack } = address.settings;
  const stage = Math.min(pointed ?? look, stack.length + 1);
  const figures = stage === 0 ? inputFigures : outline.blocks[stage - 1];
  if (figures === undefined) return;
  reach.showField(figures.field);
  element('reach-words').textContent = reachWords(nameOf(stage), figures.field, reach.unit, figures.shape.length === 1);
  maps.mark(stage === mapped && figures.shape.length === 3 ? reach.unit : undefined);
}

/** Controls that follow from what is chosen. */
function describe({ shown, held, drawing }: Settings): void {
  element('real-digits').hidden = shown !== 'real';
  element('held-words').hidden = shown !== 'held';
  element('held-words').textContent =
    `Number ${held} of the two thousand, a ${labelOf(held)}. Press another where it is most wrong.`;
  element('drawing').hidden = shown !== 'drawn';
  pad.show(drawing);
}

onScheme(() => {
  for (const view of [reach, maps, then, now, chart, accuracy, picker, pad, judgements]) view.repaint();
});

dress(address, writing, {
  follow: (settings) => follow({ ...settings, backend: address.settings.backend }),
});
show(address.settings);
open(address.settings);
digits = await readDigits();
picker.show(digits);
show(address.settings);
open(address.settings);
