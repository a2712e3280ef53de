import { DigitPicker } from '../digits/digitPicker';
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
import { Transport } from '../page/transport';
import { backendLabels } from '../worker/backends';
import type { CommonReport } from '../worker/line';
import { halves, isGiven } from './halves';
import { ANSWERS, type Report, type Request, type Surprise } from './protocol';
import sameInCode from './sameInCode.ts?raw';
import { defaults, rules, type Settings, writing } from './settings';
import { Answers } from './views/answers';
import { LawView } from './views/lawView';
import { SurpriseView } from './views/surpriseView';

const answers = new Answers(choose);
const surpriseView = new SurpriseView(inspect);
const law = new LawView();
const picker = new DigitPicker('digit');
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
const transport = new Transport({
  run: () => port.ask({ type: 'run' }),
  pause: () => port.ask({ type: 'pause' }),
  step: () => port.ask({ type: 'step' }),
  reset() {
    transport.say('Back at the half that is given.');
    open(address.settings);
  },
});
let chosen = 0;
/** Levels of the answers and of the real digit, [ANSWERS + 1, 28, 28]. */
const images = new Float32Array((ANSWERS + 1) * PIXELS);
let surprise: Surprise | undefined;
let lines = { count: 0, since: 0 };

function change(settings: Settings): void {
  address.settings = settings;
  show(settings);
  open(settings);
}

function show(settings: Settings): void {
  form.show(settings);
  element('title').textContent = `${halves[settings.given]} half of a ${kindOf(settings.digit)}, filled in eight times`;
}

/** Starts over with these settings, and goes on filling in if it did. */
function open(settings: Settings): void {
  notice.hide();
  port.hire(settings.backend);
  port.ask({ type: 'open', settings });
  if (transport.running) port.ask({ type: 'run' });
}

function hear(report: Report | CommonReport): void {
  switch (report.type) {
    case 'device':
      showDevice(report.device);
      break;
    case 'opened':
      enter(report.scene.real);
      break;
    case 'line':
      follow(report.line.done, report.line.images);
      break;
    case 'finished':
      finish(report.surprise);
      break;
    case 'law':
      if (report.law.image === chosen && report.law.pixel === surpriseView.pixel) {
        law.show(report.law, images[chosen * PIXELS + report.law.pixel] as number);
      }
      break;
    case 'error':
      transport.running = false;
      element('pictures').ariaBusy = 'false';
      notice.show('The model cannot go on.', report.message);
  }
}

function enter(real: Float32Array): void {
  surprise = undefined;
  lines = { count: 0, since: performance.now() };
  const half = real.map((level, i) => (isGiven(address.settings.given, i) ? level : 0));
  for (let i = 0; i < ANSWERS; i++) images.set(half, i * PIXELS);
  images.set(real, ANSWERS * PIXELS);
  answers.open(address.settings.given);
  answers.show(images);
  answers.describe([]);
  surpriseView.show(undefined);
  law.show(undefined, 0);
  choose(Math.min(chosen, ANSWERS));
  element('pictures').ariaBusy = 'false';
  transport.showSteps(0);
  transport.showPace(transport.running ? 'waiting' : 'held');
  transport.enabled = true;
}

function follow(done: number, levels: Float32Array): void {
  images.set(levels, 0);
  answers.show(levels);
  lines.count++;
  transport.showSteps(done);
  const seconds = (performance.now() - lines.since) / 1000;
  if (transport.running && lines.count > 1) transport.showPace(lines.count / seconds);
}

function finish(found: Surprise): void {
  surprise = found;
  transport.running = false;
  transport.say('All eight answers are there.');
  answers.describe(Array.from(found.totals, (bits) => `${Math.round(bits)} bits`));
  // Where the answer that is looked into was least expected.
  const bits = found.bits
    .subarray(chosen * PIXELS, (chosen + 1) * PIXELS)
    .map((b, i) => (isGiven(address.settings.given, i) ? 0 : b));
  surpriseView.goTo(bits.indexOf(Math.max(...bits)));
  choose(chosen);
}

/** Looks into one of the answers, or into the real digit. */
function choose(image: number): void {
  chosen = image;
  answers.choose(image);
  surpriseView.show(surprise?.bits.subarray(image * PIXELS, (image + 1) * PIXELS));
  inspect(surpriseView.pixel);
}

function inspect(pixel: number): void {
  if (surprise !== undefined) port.ask({ type: 'inspect', image: chosen, pixel });
}

onScheme(() => {
  for (const view of [answers, surpriseView, law, picker]) view.repaint();
});

dress(address, writing, {
  code: sameInCode,
  follow: (settings) => change({ ...settings, backend: address.settings.backend }),
});
show(address.settings);
open(address.settings);
picker.show(await readDigits());
