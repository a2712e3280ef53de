import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { publicPackages, root } from './gates/workspace.ts';

test('a changeset names packages that are published, and says what changed', () => {
  const names = publicPackages().map(({ manifest }) => manifest.name);
  for (const file of globSync('.changeset/*.md', { cwd: root })) {
    if (file.endsWith('README.md')) continue;
    const [, front = '', text = ''] = /^---\n(.*?)---\n(.*)$/s.exec(readFileSync(join(root, file), 'utf8')) ?? [];
    for (const line of front.trim().split('\n')) {
      const [, name] = /^['"](.+)['"]: (major|minor|patch)$/.exec(line) ?? [];
      expect(names, `${file}, in its front matter: "${line}"`).toContain(name);
    }
    expect(text.trim(), file).not.toBe('');
  }
});
