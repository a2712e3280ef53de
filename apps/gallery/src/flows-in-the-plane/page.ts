import { Address } from '../page/address';
import { element } from '../page/element';
import { onScheme, token } from '../page/theme';
import { gridNumbers } from './engine/latentGrid';
import { Laboratory } from './laboratory';
import type { DrawnPicture, Report } from './protocol';
import sameInCode from './sameInCode.ts?raw';
import type { Scene } from './session';
import { fromQuery, type Settings, toQuery } from './settings';
import { DensityView } from './views/densityView';
import { deviceName, deviceWords } from './views/deviceWords';
import { GridView } from './views/gridView';
import { layerWords } from './views/layerWords';
import { LossChart } from './views/lossChart';
import { LossHistory } from './views/lossHistory';
import { Notice } from './views/notice';
import { Readings } from './views/readings';
import { SamplesView } from './views/samplesView';
import { SettingsForm } from './views/settingsForm';

const buttons = {
  train: element<HTMLButtonElement>('train'),
  step: element<HTMLButtonElement>('step'),
  reset: element<HTMLButtonElement>('reset'),
};
const slider = element<HTMLInputElement>('layer');

const density = new DensityView(element<HTMLCanvasElement>('density'));
const samples = new SamplesView(element<HTMLCanvasElement>('samples'));
const grid = new GridView(element<HTMLCanvasElement>('grid'));
const chart = new LossChart(element('chart'));
const readings = new Readings();
const notice = new Notice(startAfresh);
const laboratory = new Laboratory(hear);
const address = new Address({ fromQuery, toQuery }, (settings) => {
  form.show(settings);
  open(settings);
});
const form = new SettingsForm(element<HTMLFormElement>('settings'), change);

let running = false;
let losses = new LossHistory();
let places: Float32Array<ArrayBuffer> = new Float32Array();

/* What the visitor does. */

buttons.train.addEventListener('click', () => {
  setRunning(!running);
  say(running ? 'Training.' : `Paused after ${losses.steps} steps, loss ${losses.mean.toFixed(3)} nats.`);
  if (running) laboratory.run();
  else laboratory.pause();
});

buttons.step.addEventListener('click', () => {
  setRunning(false);
  laboratory.step();
});

buttons.reset.addEventListener('click', () => {
  setRunning(false);
  open(address.settings);
  say('Back at the untrained flow.');
});

slider.addEventListener('input', () => {
  grid.goTo(slider.valueAsNumber);
  describeLayer();
});

for (const box of ['show-data', 'show-samples']) {
  element(box).addEventListener('change', () => {
    samples.show({
      data: element<HTMLInputElement>('show-data').checked,
      samples: element<HTMLInputElement>('show-samples').checked,
    });
  });
}

// A link to other settings changes them in place.
document.addEventListener('click', (event) => {
  const link = (event.target as Element).closest<HTMLAnchorElement>('a[data-settings]');
  if (link === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const { settings } = fromQuery(link.search);
  change({ ...settings, backend: address.settings.backend });
  form.show(address.settings);
  element('laboratory').focus();
});

function change(settings: Settings): void {
  address.settings = settings;
  open(settings);
}

/** Starts over with these settings, and goes on training if it was. */
function open(settings: Settings): void {
  notice.hide();
  laboratory.open(settings);
  if (running) laboratory.run();
}

/** After an error: a new worker with the same settings. */
function startAfresh(): void {
  laboratory.dismiss();
  open(address.settings);
}

/* What the worker reports. */

function hear(report: Report): void {
  switch (report.type) {
    case 'device':
      element('device').textContent = deviceName(report.device);
      element('device-words').textContent = deviceWords(report.device);
      break;
    case 'shapes':
      form.showShapes(report.shapes);
      break;
    case 'opened':
      enter(report.scene);
      break;
    case 'losses':
      for (const loss of report.losses) losses.add(loss);
      readings.update(losses);
      if (running && report.stepsPerSecond > 0) readings.rate(report.stepsPerSecond);
      chart.update(losses.columns());
      break;
    case 'picture':
      show(report.picture);
      break;
    case 'error':
      setRunning(false);
      element('pictures').ariaBusy = 'false';
      notice.show('Training has stopped.', report.message);
  }
}

function enter({ data, window, floor, layers }: Scene): void {
  losses = new LossHistory();
  places = new Float32Array();
  readings.open(floor);
  readings.rate(running ? 'waiting' : 'held');
  chart.open(floor);
  element('pictures').ariaBusy = 'true';
  samples.open(data, window);

  const wasLast = slider.value === slider.max;
  slider.max = String(layers);
  if (wasLast) slider.value = slider.max;
  grid.open(layers, window);
  grid.goTo(slider.valueAsNumber, { still: true });
  describeLayer();
  for (const button of Object.values(buttons)) button.disabled = false;
}

function show(picture: DrawnPicture): void {
  element('pictures').ariaBusy = 'false';
  density.update(picture.density);
  element('density-top').textContent = picture.top.toPrecision(2);
  places = picture.places;
  grid.update(places);
  const perLayer = places.length / (Number(slider.max) + 1);
  samples.update(places.subarray(places.length - perLayer + gridNumbers));
  describeLayer();
}

/* What follows from both. */

function setRunning(now: boolean): void {
  running = now;
  buttons.train.toggleAttribute('data-running', now);
  const words = buttons.train.querySelector('span');
  if (words) words.textContent = now ? 'Pause' : 'Train';
  readings.rate(now ? 'waiting' : 'held');
}

function describeLayer(): void {
  element('layer-words').textContent = layerWords(slider.valueAsNumber, Number(slider.max), places);
  slider.setAttribute('aria-valuetext', `${slider.value} of ${slider.max} layers`);
}

/** Tells those who cannot see the page. */
function say(words: string): void {
  element('status').textContent = words;
}

onScheme(() => {
  laboratory.colour(
    token('--ramp')
      .split(',')
      .map((colour) => colour.trim()),
  );
  for (const view of [samples, grid, chart, form]) view.repaint();
});

if (address.refused.length > 0) {
  const words = element('refused');
  words.hidden = false;
  words.textContent = `The address asked for ${address.refused.join(', ')}, which cannot be had; the usual value is taken.`;
}
element('code').textContent = sameInCode.trim();
form.show(address.settings);
open(address.settings);
