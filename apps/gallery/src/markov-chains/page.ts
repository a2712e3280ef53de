import { Address } from '../page/address';
import { showDevice } from '../page/deviceWords';
import { dress } from '../page/dress';
import { element } from '../page/element';
import { Notice } from '../page/notice';
import { Port } from '../page/port';
import { SettingsForm } from '../page/settingsForm';
import { onScheme, ramp } from '../page/theme';
import { Transport } from '../page/transport';
import { BitmapView } from '../plane/bitmapView';
import { backendLabels } from '../worker/backends';
import type { CommonReport } from '../worker/line';
import type { Report, Request, Scene, Survey, Walk } from './protocol';
import sameInCode from './sameInCode.ts?raw';
import { defaults, rules, type Settings, samplers, stepSizes, writing } from './settings';
import { targets } from './targets';
import { AutocorrelationChart, MarginalChart, TraceChart } from './views/charts';
import { WalkView } from './views/walkView';

const density = new BitmapView(element<HTMLCanvasElement>('density'));
const histogram = new BitmapView(element<HTMLCanvasElement>('histogram'));
const walk = new WalkView(element<HTMLCanvasElement>('walk'));
const traces = new TraceChart(element<HTMLCanvasElement>('traces'));
const autocorrelation = new AutocorrelationChart(element<HTMLCanvasElement>('autocorrelation'));
const marginal = new MarginalChart(element<HTMLCanvasElement>('marginal'));
const notice = new Notice(() => {
  port.dismiss();
  open(address.settings);
});
const port = new Port<Request, Report>(
  () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
  hear,
);
const address = new Address(writing, (settings) => {
  form.show(settings);
  open(settings);
});
const form = new SettingsForm(element<HTMLFormElement>('settings'), defaults, rules, {
  onChange: change,
  describe,
  labels: {
    target: (name) => targets[name].label,
    sampler: (name) => samplers[name].label,
    backend: (name) => backendLabels[name],
  },
});
const transport = new Transport({
  run() {
    transport.say('The chains walk.');
    port.ask({ type: 'run' });
  },
  pause() {
    transport.say(`Paused after ${steps} steps.`);
    port.ask({ type: 'pause' });
  },
  step: () => port.ask({ type: 'step' }),
  reset() {
    transport.say('Back at the start.');
    open(address.settings);
  },
});
let steps = 0;

element('tune').addEventListener('click', () => port.ask({ type: 'tune', settings: address.settings }));

function change(settings: Settings): void {
  const same = { ...settings, pace: address.settings.pace };
  const onlyPace = writing.toQuery(same) === writing.toQuery(address.settings);
  address.settings = settings;
  if (onlyPace) port.ask({ type: 'pace', pace: settings.pace });
  else open(settings);
}

/** Starts over with these settings, and goes on walking if it did. */
function open(settings: Settings): void {
  notice.hide();
  if (port.hire(settings.backend)) port.ask({ type: 'ramp', ramp: ramp() });
  port.ask({ type: 'open', settings });
  if (transport.running) port.ask({ type: 'run' });
}

function hear(report: Report | CommonReport): void {
  switch (report.type) {
    case 'device':
      showDevice(report.device);
      break;
    case 'opened':
      enter(report.scene);
      break;
    case 'density':
      element('pictures').ariaBusy = 'false';
      density.update(report.picture);
      break;
    case 'walk':
      follow(report.walk);
      break;
    case 'survey':
      show(report.survey);
      break;
    case 'tuned': {
      // The nearest that the slider has, by factors.
      const away = (size: number) => Math.abs(Math.log(size / report.stepSize));
      const stepSize = [...stepSizes].sort((a, b) => away(a) - away(b))[0] ?? defaults.stepSize;
      form.show({ ...address.settings, stepSize });
      transport.say(`A step size of ${stepSize} suits.`);
      change({ ...address.settings, stepSize });
      break;
    }
    case 'ended':
      transport.running = false;
      transport.say(`The walk is over after ${steps} steps.`);
      break;
    case 'error':
      transport.running = false;
      element('pictures').ariaBusy = 'false';
      notice.show('The walk has stopped.', report.message);
  }
}

function enter(scene: Scene): void {
  steps = 0;
  transport.showSteps(0);
  transport.showPace(transport.running ? 'waiting' : 'held');
  transport.enabled = true;
  walk.open(scene, address.settings.sampler);
  traces.open(scene);
  marginal.open(scene);
  autocorrelation.show(new Float32Array());
  element<HTMLCanvasElement>('histogram').classList.add('blank');
  for (const id of ['acceptance', 'rHat', 'size', 'yield', 'distance']) element(id).textContent = '–';
  element('verdict').textContent = 'Nothing can be said yet.';
}

function follow(next: Walk): void {
  steps += next.states.length / (2 * address.settings.chains);
  transport.showSteps(steps);
  if (transport.running && next.stepsPerSecond > 0) transport.showPace(next.stepsPerSecond);
  walk.add(next);
  traces.add(next);
}

function show(survey: Survey): void {
  const { acceptance, rHat, size, distance } = survey;
  element<HTMLCanvasElement>('histogram').classList.remove('blank');
  histogram.update(survey.histogram);
  autocorrelation.show(survey.autocorrelation);
  marginal.show(survey.bins);
  const words = {
    acceptance: `${Math.round(100 * acceptance)} %`,
    rHat: rHat === undefined || Number.isNaN(rHat) ? '–' : rHat.toFixed(rHat > 1.2 ? 1 : 3),
    size: size === undefined ? '–' : String(Math.round(size)),
    yield: survey.yield === undefined ? '–' : survey.yield.toPrecision(2),
    distance: distance === undefined ? '–' : `${Math.round(100 * distance)} %`,
  };
  for (const [id, text] of Object.entries(words)) element(id).textContent = text;
  element('verdict').textContent = verdict(rHat, size);
}

/** What a careful reader of the figures would say. */
function verdict(rHat: number | undefined, size: number | undefined): string {
  if (rHat === undefined || size === undefined || Number.isNaN(rHat)) return 'Nothing can be said yet.';
  if (address.settings.chains === 1) return 'One chain cannot tell whether others would go elsewhere.';
  if (rHat > 1.05) return 'The chains disagree: they have not mixed.';
  if (size < 400) return 'The chains agree, but have told little yet.';
  return 'The chains agree, and have told enough for two digits.';
}

/** Words and controls that follow from what is chosen. */
function describe({ target, sampler, stepSize, leapfrog, chains }: Settings): void {
  element('target-words').textContent = targets[target].words;
  element('sampler-words').textContent = samplers[sampler].words;
  element('stepSize-words').textContent = String(stepSize);
  element('leapfrog-words').textContent = `${leapfrog} ${leapfrog === 1 ? 'step' : 'steps'}`;
  element('chains-words').textContent = String(chains);
  const hasStep = sampler !== 'gibbs';
  element<HTMLInputElement>('stepSize').disabled = !hasStep;
  element<HTMLButtonElement>('tune').disabled = !hasStep;
  element<HTMLInputElement>('leapfrog').disabled = sampler !== 'hmc';
}

onScheme(() => {
  port.ask({ type: 'ramp', ramp: ramp() });
  for (const view of [walk, traces, autocorrelation, marginal]) view.repaint();
});

dress(address, writing, {
  code: sameInCode,
  follow(settings) {
    form.show(settings);
    change(settings);
  },
});
form.show(address.settings);
open(address.settings);
