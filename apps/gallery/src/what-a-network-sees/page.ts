import { Address } from '../page/address';
import { showDevice } from '../page/deviceWords';
import { dress } from '../page/dress';
import { element } from '../page/element';
import { Notice } from '../page/notice';
import { Port } from '../page/port';
import { SettingsForm } from '../page/settingsForm';
import { Transport } from '../page/transport';
import { backendLabels } from '../worker/backends';
import type { CommonReport } from '../worker/line';
import { isGlance, type Method, methods } from './methods';
import { pictureWords } from './pictures';
import type { Made, Report, Request, Sight } from './protocol';
import sameInCode from './sameInCode.ts?raw';
import { defaults, rules, type Settings, writing } from './settings';
import { shapeNames } from './shapes/outlines';
import { Closely, madeWords, walkWords } from './views/closely';
import { PicturePicker } from './views/picturePicker';
import { Verdict } from './views/verdict';
import { Walk } from './views/walk';
import { Wall } from './views/wall';
import { aboutWords, verdictWords } from './words';

const closely = new Closely();
const verdict = new Verdict((name) => change({ ...address.settings, target: name }));
const wall = new Wall((method) => {
  change({ ...address.settings, method });
  element('closely').scrollIntoView({ block: 'nearest' });
});
const walk = new Walk(showWalk, () => {
  transport.running = false;
  wall.copy('occlusion', closely.shown);
  transport.say('The occluder has been everywhere.');
});
const slider = element<HTMLInputElement>('station');
const picker = new PicturePicker((file) => look(address.settings, file));
const notice = new Notice(() => {
  port.dismiss();
  look(address.settings, own);
});
const port = new Port<Request, Report>(
  () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
  hear,
);
const address = new Address(writing, (settings) => follow(settings));
const form = new SettingsForm(element<HTMLFormElement>('settings'), defaults, rules, {
  onChange: change,
  labels: {
    backend: (name) => backendLabels[name],
    method: (name) => methods[name].title,
    target: (name) => (name === 'likeliest' ? 'the likeliest' : name),
  },
});
const transport = new Transport({
  run() {
    pace = { from: steps, since: performance.now() };
    if (isWalking()) walk.play();
    else port.ask({ type: 'run' });
  },
  pause: () => (isWalking() ? walk.pause() : port.ask({ type: 'pause' })),
  step() {
    if (!isWalking()) return port.ask({ type: 'step' });
    walk.pause();
    walk.goTo(walk.shown + 1);
  },
  reset() {
    transport.say('Back at the start.');
    begin();
  },
});

/** The visitor's own picture, when that is looked at, and one that the worker is reading. */
let own: File | undefined;
let offered: File | undefined;
/** What is known of the picture, and what its methods have shown. */
let sight: Sight | undefined;
const shown = new Map<Method, Extract<Report, { type: 'shown' }>['image']>();
/** Steps that are shown, and from where on their pace is taken. */
let steps = 0;
let pace = { from: 0, since: 0 };

const isWalking = () => address.settings.method === 'occlusion';

/** A setting was changed by hand. Another picture takes the place of the visitor's own. */
function change(settings: Settings): void {
  const picked = picker.picked;
  address.settings = picked ? settings : { ...settings, picture: address.settings.picture };
  follow(address.settings, picked ? undefined : own);
}

/** Shows these settings; only what they change is computed anew. */
function follow(settings: Settings, file?: File): void {
  const { method: _, ...asked } = settings;
  const key = JSON.stringify(asked);
  form.show(settings);
  picker.describe(file?.name);
  wall.choose(settings.method);
  if (key === lookedAt && file === own) showMethod();
  else look(settings, file);
}
let lookedAt = '';

/** Has a picture looked at. What is shown stays until it is there. */
function look(settings: Settings, file: File | undefined): void {
  const { method: _, ...asked } = settings;
  lookedAt = JSON.stringify(asked);
  offered = file;
  notice.hide();
  element('file-refused').hidden = true;
  for (const id of ['closely', 'wall']) element(id).ariaBusy = 'true';
  transport.enabled = false;
  walk.clear();
  port.hire(settings.backend);
  port.ask({ type: 'look', settings, ...(file && { file }) });
}

function hear(report: Report | CommonReport): void {
  switch (report.type) {
    case 'device':
      showDevice(report.device);
      break;
    case 'colours':
      closely.setColours(report.colours);
      break;
    case 'drawn':
      picker.showDrawn(report.pictures);
      break;
    case 'seen':
      see(report.sight);
      break;
    case 'shown':
      shown.set(report.method, report.image);
      wall.show(report.method, report.image);
      if (report.method === address.settings.method) {
        closely.show(report.image);
        element('closely').ariaBusy = 'false';
      }
      break;
    case 'complete':
      element('wall').ariaBusy = 'false';
      break;
    case 'stations':
      if (isWalking()) {
        walk.add(report.stations);
        slider.max = String(report.stations.of);
      }
      break;
    case 'made':
      if (report.made.method === address.settings.method) showMade(report.made);
      break;
    case 'refused':
      refuse(report.words);
      break;
    case 'error':
      transport.running = false;
      for (const id of ['closely', 'wall']) element(id).ariaBusy = 'false';
      notice.show('The network cannot go on.', report.message);
  }
}

/** The worker has seen a picture: what was shown of another one is forgotten. */
function see(seen: Sight): void {
  own = offered;
  sight = seen;
  shown.clear();
  wall.clear();
  picker.describe(own?.name);
  element('picked').textContent = own?.name ?? pictureWords(address.settings.picture);
  closely.see(seen.image);
  verdict.show(seen.probabilities, seen.target);
  element('verdict-words').textContent = verdictWords(address.settings, own !== undefined);
  showMethod();
}

/** A file was no picture: all stays as it was. */
function refuse(words: string): void {
  const place = element('file-refused');
  place.textContent = words;
  place.hidden = false;
  offered = own;
  for (const id of ['closely', 'wall']) element(id).ariaBusy = 'false';
  picker.describe(own?.name);
  form.show(address.settings);
  showMethod();
}

/** Shows the chosen method large: what it has shown, or what goes step by step from its start. */
function showMethod(): void {
  if (sight === undefined) return;
  const { method, layer } = address.settings;
  closely.describe(method, aboutWords(method, { ...sight, layer }));
  element('stepwise').hidden = isGlance(method);
  slider.hidden = method !== 'occlusion';
  if (isGlance(method)) {
    transport.enabled = false;
    walk.clear();
    closely.show(shown.get(method));
    if (shown.has(method)) element('closely').ariaBusy = 'false';
  } else begin();
}

/** Puts what goes step by step to its start. */
function begin(): void {
  walk.clear();
  slider.value = '0';
  closely.show(undefined);
  element('closely').ariaBusy = 'false';
  element('step-words').textContent = '';
  showSteps(0);
  transport.running = false;
  transport.enabled = true;
  port.ask({ type: 'begin', method: address.settings.method });
}

function showWalk(now: Walk): void {
  closely.showWalk(now);
  slider.value = String(now.shown);
  const words = walkWords(now, shapeNames[sight?.target ?? 0] as string);
  slider.setAttribute('aria-valuetext', words);
  element('step-words').textContent = words;
  showSteps(now.shown);
}

function showMade(made: Made): void {
  closely.show(made.image);
  wall.show(made.method, made.image);
  element('step-words').textContent = madeWords(made);
  showSteps(made.step);
  if (made.finished) {
    transport.running = false;
    transport.enabled = true;
  }
}

/** Shows how many steps were taken, and how fast they come while they run. */
function showSteps(taken: number): void {
  steps = taken;
  transport.showSteps(steps);
  if (steps < pace.from) pace = { from: steps, since: performance.now() }; // it began anew
  const seconds = (performance.now() - pace.since) / 1000;
  if (transport.running && steps > pace.from + 1) transport.showPace((steps - pace.from) / seconds);
}

slider.addEventListener('input', () => {
  if (transport.running) element('run').click();
  walk.goTo(slider.valueAsNumber);
});

dress(address, writing, {
  code: sameInCode,
  follow(settings) {
    address.settings = { ...settings, backend: address.settings.backend };
    follow(address.settings);
  },
});
form.show(address.settings);
wall.choose(address.settings.method);
look(address.settings, undefined);
