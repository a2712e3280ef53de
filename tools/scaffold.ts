/** The files of a new package, by their paths in the repository: a first function, proved, documented and shipped. */
export function scaffold(name: string): Record<string, string> {
  const idea = camelCase(name);
  const inside = (file: string) => `packages/${name}/${file}`;
  return {
    [inside('package.json')]: `${JSON.stringify(manifest(name), null, 2)}\n`,
    [inside('README.md')]: readme(name, idea),
    [inside('src/index.ts')]: `export { ${idea} } from './${idea}';\n`,
    [inside(`src/${idea}.ts`)]: source(idea),
    [inside(`src/${idea}.test.ts`)]: test(idea),
    [`.changeset/new-${name}.md`]: `---\n'@tenonjs/${name}': minor\n---\n\nThe first ${name}: say here what a reader of the changelog can do now.\n`,
  };
}

export const camelCase = (name: string) => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

const manifest = (name: string) => ({
  name: `@tenonjs/${name}`,
  version: '0.0.0',
  description: `TODO: what ${name} is for, in one line`,
  license: 'MIT',
  repository: {
    type: 'git',
    url: 'git+https://github.com/tenonjs/tenon.git',
    directory: `packages/${name}`,
  },
  type: 'module',
  sideEffects: false,
  engines: { node: '>=20' },
  files: ['dist', 'src', '!src/**/*.test.ts', '!src/**/*.browser.ts', '!src/**/testing'],
  exports: {
    '.': { source: './src/index.ts', types: './dist/index.d.ts', default: './dist/index.js' },
    './package.json': './package.json',
  },
  'size-limit': [{ path: 'dist/index.js', limit: '4 kB' }],
  scripts: { build: 'tsup --config ../../tsup.config.ts' },
  peerDependencies: { '@tensorflow/tfjs-core': '^4.22.0' },
  devDependencies: {
    '@tensorflow/tfjs': 'catalog:',
    '@tensorflow/tfjs-core': 'catalog:',
    '@tenonjs/testing': 'workspace:^',
  },
  publishConfig: { access: 'public', provenance: true },
});

const source = (idea: string) => `import * as tf from '@tensorflow/tfjs-core';

/**
 * TODO: one line that says what it does.
 *
 *     ${idea}(x) = x²
 *
 * Reference: TODO: the paper, and where in it the formula stands.
 *
 * @param x - any tensor.
 * @returns each element squared, of the same shape.
 */
export function ${idea}(x: tf.Tensor): tf.Tensor {
  return tf.square(x);
}
`;

const test = (idea: string) => `import { describeOnEachBackend, distance, leaked } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { ${idea} } from './${idea}';

describeOnEachBackend('${idea}', () => {
  test('squares each element', async () => {
    const x = tf.tensor1d([-2, 0, 3]);
    expect(await distance(${idea}(x), tf.tensor1d([4, 0, 9]))).toBeLessThan(1e-6);
  });

  test('leaves nothing behind', async () => {
    const x = tf.tensor1d([1, 2]);
    expect(await leaked(() => ${idea}(x))).toBe(0);
  });
});
`;

const readme = (name: string, idea: string) => `# @tenonjs/${name}

TODO: what it is for, in two sentences.

\`\`\`sh
npm install @tenonjs/${name} @tensorflow/tfjs
\`\`\`

\`\`\`ts
import * as tf from '@tensorflow/tfjs';
import { ${idea} } from '@tenonjs/${name}';

const squares = ${idea}(tf.tensor1d([1, 2, 3]));
console.log(await squares.data()); // 1, 4, 9
\`\`\`

${table(['name', 'what it is', 'paper', 'year'], [[`\`${idea}\``, 'each element squared', '–', '–']])}
`;

/** A table of Markdown, its columns as wide as they must be. */
export function table(titles: string[], rows: string[][]): string {
  const widths = titles.map((_, i) => Math.max(...[titles, ...rows].map((cells) => cells[i]?.length ?? 0)));
  const lines = [titles, widths.map((width) => '-'.repeat(width)), ...rows];
  return lines.map((line) => `| ${line.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`).join('\n');
}
