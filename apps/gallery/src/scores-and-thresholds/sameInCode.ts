import { calibrationCurve, confusionMatrix, precisionRecallCurve, rocCurve, searchThreshold } from '@tenonjs/metrics';
import { plotRocCurve } from '@tenonjs/metrics/plot';
import { parseHTML } from 'linkedom'; // in Node; in a page its own document is taken

const malignant = [0, 0, 1, 0, 1, 1, 0, 1];
const probability = [0.1, 0.3, 0.35, 0.4, 0.6, 0.8, 0.2, 0.9];

const { threshold, counts } = searchThreshold(malignant, probability, { maximize: 'f1' });
const said = probability.map((p) => Number(p >= threshold));
console.log(threshold, counts, confusionMatrix(malignant, said)); // [[3, 1], [0, 4]]

const roc = rocCurve(malignant, probability); // { fpr, tpr, thresholds }
console.log(precisionRecallCurve(malignant, probability), calibrationCurve(malignant, probability));
console.log(plotRocCurve(roc, { document: parseHTML('<html></html>').document })); // <svg …
