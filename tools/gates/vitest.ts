import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tool } from './command.ts';
import type { Outcome } from './gate.ts';

/** Runs one of vitest's projects and counts its tests. */
export async function runProject(project: string): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'tenon-vitest-'));
  const file = join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const { ok, output } = await tool('vitest', ['run', '--project', project, ...reporters], { minutes: 45 });
  const counted = existsSync(file)
    ? count(JSON.parse(readFileSync(file, 'utf8')))
    : { passed: 0, failed: 0, skipped: 0 };
  rmSync(folder, { recursive: true });
  // A run can fail without a failed test: a crash, an error nobody caught, no test found.
  return {
    passed: counted.passed,
    failed: ok ? counted.failed : Math.max(counted.failed, 1),
    output,
    note: noteOf(counted),
  };
}

interface Counted {
  passed: number;
  failed: number;
  skipped: number;
}

/** What is read of vitest's JSON report. */
export interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
}

/** A file that could not even be loaded has no tests to fail, and counts as one failure. */
export function count(report: Report): Counted {
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests,
  };
}

const noteOf = ({ passed, failed, skipped }: Counted) =>
  [`${passed} tests`, ...(failed > 0 ? [`${failed} failed`] : []), ...(skipped > 0 ? [`${skipped} skipped`] : [])].join(
    ', ',
  );
