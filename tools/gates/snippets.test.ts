import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fencesOf } from './fences.ts';
import { plant } from './plant.ts';
import { checkSnippets } from './snippets.ts';

const fence = (language: string, code: string) => `\`\`\`${language}\n${code}\n\`\`\`\n`;

test('fences of TypeScript are found with their lines, others are not', () => {
  const page = `# Title\n\n${fence('ts', 'const a = 1;\na;')}\n${fence('sh', 'npm i')}\n${fence('typescript', 'b;')}`;
  expect(fencesOf('README.md', page)).toEqual([
    { page: 'README.md', line: 4, code: 'const a = 1;\na;' },
    { page: 'README.md', line: 13, code: 'b;' },
  ]);
});

test('a fence inside a longer fence belongs to it', () => {
  const page = `\`\`\`\`md\n${fence('ts', 'inner;')}\`\`\`\`\n${fence('ts', 'outer;')}`;
  expect(fencesOf('README.md', page).map(({ code }) => code)).toEqual(['outer;']);
});

test('snippets that run pass, each a program of its own', async () => {
  const code =
    "import * as tf from '@tensorflow/tfjs';\n\nconst [three] = await tf.add(1, 2).data();\nif (three !== 3) throw new Error();";
  const folder = plant({ 'README.md': `${fence('ts', code)}\n${fence('ts', 'const three = 3;\nthree;')}` });
  expect(await checkSnippets([join(folder, 'README.md')])).toEqual([]);
});

test('a snippet that does not compile is caught, on the line of its page', async () => {
  const folder = plant({ 'README.md': `# Title\n\n${fence('ts', 'let fine = 1;\nfine = "no";')}` });
  const problems = await checkSnippets([join(folder, 'README.md')]);
  expect(problems).toHaveLength(2); // for bundlers and for Node
  for (const problem of problems) expect(problem).toMatch(/README\.md\(5,1\): error TS2322/);
});

test('a snippet that throws is caught, on the line of its page', async () => {
  const folder = plant({
    'README.md': `# Title\n\n${fence('ts', "const message = 'broken';\nthrow new Error(message);")}`,
  });
  const [problem, ...others] = await checkSnippets([join(folder, 'README.md')]);
  expect(problem).toMatch(/README\.md:4: this snippet does not run/);
  expect(problem).toMatch(/Error: broken\n\s+at \S*README\.md:5:7/);
  expect(others).toEqual([]);
});
