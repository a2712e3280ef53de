import type { ClassificationReport, ReportRow } from './classificationReport';

/**
 * A report as a table, in scikit-learn's layout.
 *
 * @param options - `digits` after the point, 2 if left out.
 */
export function formatReport(report: ClassificationReport, { digits = 2 }: { digits?: number } = {}): string {
  const averages = [
    ['micro avg', report.micro],
    ['macro avg', report.macro],
    ['weighted avg', report.weighted],
    ['samples avg', report.samples],
  ] as const;
  const names = report.classes.map(({ name }) => name);
  const width = Math.max(...names.map((name) => name.length), 'weighted avg'.length, digits);
  const line = (name: string, cells: string[]): string =>
    `${name.padStart(width)} ${cells.map((cell) => ` ${cell.padStart(9)}`).join('')}\n`;
  const row = (name: string, { precision, recall, f1, support }: ReportRow): string =>
    line(name, [...[precision, recall, f1].map((score) => score.toFixed(digits)), String(support)]);

  let text = `${line('', ['precision', 'recall', 'f1-score', 'support'])}\n`;
  for (const one of report.classes) text += row(one.name, one);
  text += '\n';
  if (report.accuracy !== undefined) {
    text += line('accuracy', ['', '', report.accuracy.toFixed(digits), String(report.macro.support)]);
  }
  for (const [name, average] of averages) if (average) text += row(name, average);
  return text;
}
