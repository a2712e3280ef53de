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
import { onScheme, ramp } from '../page/theme';
import { Transport } from '../page/transport';
import { BitmapView } from '../plane/bitmapView';
import { backendLabels } from '../worker/backends';
import type { CommonReport } from '../worker/line';
import { gridNumbers } from './engine/latentGrid';
import { flows } from './flows';
import type { DrawnPicture, Report, Request } from './protocol';
import sameInCode from './sameInCode.ts?raw';
import type { Scene } from './session';
import { defaults, rules, type Settings, writing } from './settings';
import { targets } from './targets';
import { GridView } from './views/gridView';
import { layerWords } from './views/layerWords';
import { Readings } from './views/readings';
import { SamplesView } from './views/samplesView';
import { Shapes } from './views/shapes';

const slider = element<HTMLInputElement>('layer');
const density = new BitmapView(element<HTMLCanvasElement>('density'));
const samples = new SamplesView(element<HTMLCanvasElement>('samples'));
const grid = new GridView(element<HTMLCanvasElement>('grid'));
const chart = new LossChart(element('chart'));
const readings = new Readings();
const shapes = new Shapes();
const pad = new DrawingPad((drawing) => follow({ ...address.settings, drawing }));
const notice = new Notice(startAfresh);
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
  labels: { flow: (name) => flows[name].label, backend: (name) => backendLabels[name] },
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
    transport.say('Back at the untrained flow.');
    open(address.settings);
  },
});

let losses = new LossHistory();
let places: Float32Array<ArrayBuffer> = new Float32Array();

/* What the visitor does. */

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

/** What the form says now; another kind of flow comes with the depth and the rate that suit it. */
function change(settings: Settings): void {
  const isOther = settings.flow !== address.settings.flow;
  follow(isOther ? { ...settings, ...flows[settings.flow].usual } : settings);
}

function follow(settings: Settings): void {
  address.settings = settings;
  form.show(settings);
  open(settings);
}

/** Starts over with these settings, and goes on training if it was. */
function open(settings: Settings): void {
  notice.hide();
  transport.enabled = isSomething(settings);
  if (!isSomething(settings)) return;
  if (port.hire(settings.backend)) {
    port.ask({ type: 'ramp', ramp: ramp() });
    port.ask({ type: 'shapes' });
  }
  port.ask({ type: 'open', settings });
  if (transport.running) port.ask({ type: 'run' });
}

/** Whether there is anything to train on: a sheet may be empty. */
const isSomething = ({ target, drawing }: Settings) => target !== 'drawn' || drawing !== '';

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
    case 'shapes':
      shapes.show(report.shapes);
      break;
    case 'opened':
      enter(report.scene);
      break;
    case 'losses':
      for (const loss of report.losses) losses.add(loss);
      readings.update(losses);
      transport.showSteps(losses.steps);
      if (transport.running && report.stepsPerSecond > 0) transport.showPace(report.stepsPerSecond);
      chart.update(losses.columns());
      break;
    case 'picture':
      show(report.picture);
      break;
    case 'error':
      transport.running = false;
      element('pictures').ariaBusy = 'false';
      notice.show('Training has stopped.', report.message);
  }
}

function enter({ data, window, floor, layers }: Scene): void {
  losses = new LossHistory();
  places = new Float32Array();
  readings.open(floor);
  transport.showSteps(0);
  transport.showPace(transport.running ? 'waiting' : 'held');
  chart.open(floor);
  element('pictures').ariaBusy = 'true';
  samples.open(data, window);

  const wasLast = slider.value === slider.max;
  slider.max = String(layers);
  if (wasLast) slider.value = slider.max;
  grid.open(layers, window);
  grid.goTo(slider.valueAsNumber, { still: true });
  describeLayer();
  transport.enabled = isSomething(address.settings); // what was opened may be blank by now
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

/** Words and controls that follow from what is chosen. */
function describe({ target, drawing, flow, depth }: Settings): void {
  element('target-words').textContent = targets[target];
  element('drawing').hidden = target !== 'drawn';
  pad.show(drawing);
  shapes.showDrawing(drawing);
  element('flow-words').textContent = flows[flow].words;
  element('depth-words').textContent = `${depth} ${depth === 1 ? 'layer' : 'layers'}`;
  element<HTMLSelectElement>('width').disabled = !flows[flow].hasNetwork;
}

function describeLayer(): void {
  element('layer-words').textContent = layerWords(slider.valueAsNumber, Number(slider.max), places);
  slider.setAttribute('aria-valuetext', `${slider.value} of ${slider.max} layers`);
}

onScheme(() => {
  port.ask({ type: 'ramp', ramp: ramp() });
  for (const view of [samples, grid, chart, shapes, pad]) view.repaint();
});

dress(address, writing, {
  code: sameInCode,
  follow: (settings) => follow({ ...settings, backend: address.settings.backend }),
});
form.show(address.settings);
open(address.settings);
