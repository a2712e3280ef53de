import { calibrationCurve, precisionRecallCurve, rocCurve } from '@tenonjs/metrics';
import {
  plotCalibrationCurve,
  plotConfusionMatrix,
  plotPrecisionRecallCurve,
  plotRocCurve,
} from '@tenonjs/metrics/plot';
import { Address } from '../page/address';
import { dress } from '../page/dress';
import { element } from '../page/element';
import { CurveView } from './curveView';
import { histogram } from './histogram';
import { bestF1, fewMisses, judge, ratings } from './judgement';
import { models, predictionsOf } from './models';
import sameInCode from './sameInCode.ts?raw';
import { type Settings, writing } from './settings';

const slider = element<HTMLInputElement>('threshold');
const form = element<HTMLFormElement>('settings');
const address = new Address(writing, showAll);
const predictions = () => predictionsOf(address.settings.model);

const roc = new CurveView(element('roc'), 'dot', (width) => {
  const { malignant, probability } = predictions();
  return plotRocCurve(rocCurve(malignant, probability), { width });
});
const precisionRecall = new CurveView(element('precision-recall'), 'dot', (width) => {
  const { malignant, probability } = predictions();
  return plotPrecisionRecallCurve(precisionRecallCurve(malignant, probability), { width });
});
const calibration = new CurveView(element('calibration'), 'line', (width) => {
  const { malignant, probability } = predictions();
  return plotCalibrationCurve(calibrationCurve(malignant, probability, { nBins: 10 }), { width });
});

dress(address, writing, {
  code: sameInCode,
  follow(settings) {
    address.settings = settings;
    showAll(settings);
  },
});

slider.addEventListener('input', () => moveTo(Number(slider.value)));
slider.addEventListener('change', () => {
  address.settings = { ...address.settings, threshold: Number(slider.value) };
});
element('best-f1').addEventListener('click', () => jumpTo(bestF1(predictions())));
element('few-misses').addEventListener('click', () => jumpTo(fewMisses(predictions())));
form.addEventListener('change', () => {
  address.settings = { ...address.settings, model: new FormData(form).get('model') as Settings['model'] };
  showAll(address.settings);
});
new ResizeObserver(() => showAll(address.settings)).observe(element('pictures'));

/** To the last thousandth that calls as many malignant as the threshold does. */
function jumpTo(threshold: number): void {
  address.settings = { ...address.settings, threshold: Math.floor(threshold * 1000) };
  moveTo(address.settings.threshold);
}

function moveTo(thousandths: number): void {
  slider.value = String(thousandths);
  showThreshold(thousandths / 1000);
}

function showAll({ model, threshold }: Settings): void {
  (form.elements.namedItem('model') as RadioNodeList).value = model;
  element('model-words').textContent = models[model].words;
  for (const [name, value] of Object.entries(ratings(predictions()))) element(name).textContent = value.toFixed(3);
  for (const view of [roc, precisionRecall, calibration]) view.redraw();
  moveTo(threshold);
}

function showThreshold(threshold: number): void {
  const judged = judge(predictions(), threshold);
  const scores = element('scores');
  scores.replaceChildren(histogram(predictions(), threshold, Math.max(280, scores.clientWidth)));
  const confusion = element('confusion');
  const width = Math.min(Math.max(260, confusion.clientWidth), 520);
  confusion.innerHTML = plotConfusionMatrix(judged.matrix, { width, labels: ['benign', 'malignant'] });
  roc.show(judged.falsePositiveRate, judged.recall);
  precisionRecall.show(judged.recall, judged.precision);
  calibration.show(threshold);

  const [, [misses = 0, hits = 0] = []] = judged.matrix;
  const alarms = judged.matrix[0]?.[1] ?? 0;
  const words = {
    'threshold-words': threshold.toFixed(3),
    found: `${hits} of ${hits + misses}`,
    alarms: String(alarms),
    precision: judged.precision.toFixed(3),
    recall: judged.recall.toFixed(3),
    f1: judged.f1.toFixed(3),
    accuracy: judged.accuracy.toFixed(3),
  };
  for (const [id, text] of Object.entries(words)) element(id).textContent = text;
  slider.setAttribute(
    'aria-valuetext',
    `${threshold.toFixed(3)}: ${hits} of ${hits + misses} found, ${alarms} false alarms`,
  );
}
