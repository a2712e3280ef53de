import { DigitPicker } from '../digits/digitPicker';
import { paintDigit } from '../digits/paintDigit';
import { readDigits } from '../digits/readDigits';
import { kindOf, PIXELS } from '../digits/shape';
import { Address } from '../page/address';
import { showDevice } from '../page/deviceWords';
import { dress } from '../page/dress';
import { element } from '../page/element';
import { Notice } from '../page/notice';
import { Port } from '../page/port';
import { SettingsForm } from '../page/settingsForm';
import { onScheme } from '../page/theme';
import { backendLabels } from '../worker/backends';
import type { CommonReport } from '../worker/line';
import type { Report, Request } from './protocol';
import sameInCode from './sameInCode.ts?raw';
import { defaults, rules, type Settings, writing } from './settings';
import { Strips } from './views/strips';
import { WayChart } from './views/wayChart';

const slider = element<HTMLInputElement>('share');
const play = element<HTMLButtonElement>('play');
const strips = new Strips();
const charts = {
  bits: new WayChart(element<HTMLCanvasElement>('bits'), { digits: 2 }),
  // Where nearly all of a normal law of so many numbers lies.
  norms: new WayChart(element<HTMLCanvasElement>('norms'), { digits: 0, guide: Math.sqrt(PIXELS) }),
};
const pickers = [new DigitPicker('from'), new DigitPicker('to')];
const notice = new Notice(() => {
  port.dismiss();
  open(address.settings);
});
const port = new Port<Request, Report>(
  () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
  hear,
);
const address = new Address(writing, (settings) => {
  show(settings);
  open(settings);
});
const form = new SettingsForm(element<HTMLFormElement>('settings'), defaults, rules, {
  onChange: change,
  labels: { backend: (name) => backendLabels[name] },
});
let samples = new Float32Array();

/* On the way: by hand, or by itself. */

/** Milliseconds from one end to the other. */
const TRAVEL_MS = 5000;
let travel: { since: number; from: number } | undefined;

slider.addEventListener('input', () => {
  stop();
  goTo(slider.valueAsNumber);
});
slider.addEventListener('change', () => {
  address.replace({ ...address.settings, share: slider.valueAsNumber });
});
play.addEventListener('click', () => {
  if (travel) return stop();
  travel = { since: performance.now(), from: slider.valueAsNumber === 100 ? 0 : slider.valueAsNumber };
  play.toggleAttribute('data-running', true);
  requestAnimationFrame(move);
});

function move(): void {
  if (travel === undefined) return;
  const share = Math.min(100, travel.from + ((performance.now() - travel.since) / TRAVEL_MS) * 100);
  slider.value = String(Math.round(share));
  goTo(slider.valueAsNumber);
  if (share < 100) requestAnimationFrame(move);
  else stop();
}

function stop(): void {
  travel = undefined;
  play.toggleAttribute('data-running', false);
  address.replace({ ...address.settings, share: slider.valueAsNumber });
}

function goTo(share: number): void {
  strips.goTo(share);
  for (const chart of Object.values(charts)) chart.goTo(share);
  slider.setAttribute('aria-valuetext', `${share} percent of the way`);
}

/* Settings. */

function change(settings: Settings): void {
  address.settings = { ...settings, share: slider.valueAsNumber };
  show(address.settings);
  open(address.settings);
}

function show(settings: Settings): void {
  form.show(settings);
  slider.value = String(settings.share);
  goTo(settings.share);
  element('ends').textContent = `From a ${kindOf(settings.from)} to a ${kindOf(settings.to)}`;
}

function open(settings: Settings): void {
  notice.hide();
  element('ways').ariaBusy = 'true';
  port.hire(settings.backend);
  port.ask({ type: 'open', settings });
}

function hear(report: Report | CommonReport): void {
  switch (report.type) {
    case 'device':
      showDevice(report.device);
      break;
    case 'ways':
      element('ways').ariaBusy = 'false';
      strips.show(report.ways);
      charts.bits.show(report.ways, 'bits');
      charts.norms.show(report.ways, 'norms');
      break;
    case 'samples':
      samples = report.samples;
      paintSamples();
      break;
    case 'error':
      element('ways').ariaBusy = 'false';
      notice.show('The flow cannot be used.', report.message);
  }
}

function paintSamples(): void {
  const box = element('samples');
  for (let i = box.children.length; i < samples.length / PIXELS; i++) {
    box.append(Object.assign(document.createElement('canvas'), { className: 'digit' }));
  }
  [...box.children].forEach((canvas, i) => {
    paintDigit(canvas as HTMLCanvasElement, samples.subarray(i * PIXELS, (i + 1) * PIXELS));
  });
}

onScheme(() => {
  for (const view of [strips, ...Object.values(charts), ...pickers]) view.repaint();
  paintSamples();
});

dress(address, writing, {
  code: sameInCode,
  follow: (settings) => change({ ...settings, backend: address.settings.backend }),
});
show(address.settings);
open(address.settings);
const digits = await readDigits();
for (const picker of pickers) picker.show(digits);
