import type { Plugin } from 'vite';
import { type PageCard, pages } from './pages.ts';
import { parts } from './parts.ts';

/**
 * What stands around every page. A page's index.html holds only what is in its `<main>`; head, masthead and foot come from
 * here, and what `{{name}}` and `{{name words}}` stand for from `parts`. In the entrance `{{cards}}` stands for all pages.
 */
export function frame(): Plugin {
  return {
    name: 'gallery:frame',
    transformIndexHtml: {
      order: 'pre',
      handler(html, { path }) {
        const name = path.split('/').at(-2) ?? '';
        if (name === '') return html.replace('{{cards}}', Object.entries(pages).map(cardOf).join('\n'));
        const page = pages[name];
        if (page === undefined) throw new Error(`frame: src/frame/pages.ts must list "${name}"`);
        return framed(name, page, html);
      },
    },
  };
}

/** The entries of the build. */
export const inputs = ['index.html', ...Object.keys(pages).map((name) => `${name}/index.html`)];

function framed(name: string, { title, description }: PageCard, main: string): string {
  const filled = main.replace(/\{\{(\w+) ?(.*?)\}\}/g, (_, part: string, words: string) => {
    if (part === 'title') return title;
    const make = parts[part];
    if (make === undefined) {
      throw new Error(`frame: ${name}/index.html must name one of ${Object.keys(parts)}, got {{${part}}}`);
    }
    return make(words);
  });
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title} – Tenon</title>
    <meta name="description" content="${description}" />
    <link rel="icon" type="image/svg+xml" href="/icon.svg" />
    <link rel="stylesheet" href="/src/${name}/page.css" />
    <script type="module" src="/src/${name}/page.ts"></script>
  </head>
  <body>
    <a class="skip" href="#laboratory">Skip to the laboratory</a>
    <header class="masthead wide">
      <a class="wordmark" href="../index.html"><img src="/icon.svg" alt="" />Tenon</a>
      <nav aria-label="Site"><a href="../index.html">Gallery</a></nav>
    </header>
    <main>
${filled}
    </main>
    <footer class="colophon wide">
      <p>Tenon: deep-learning joinery for TypeScript. Everything on this page runs in your browser; nothing leaves it.</p>
    </footer>
  </body>
</html>
`;
}

const cardOf = ([name, { title, words, picture, madeOf }]: [string, PageCard]) => `<li class="card">
  <img src="/src/entrance/pictures/${name}.svg" alt="${picture}" width="480" height="300" />
  <div>
    <h3><a href="./${name}/index.html">${title}</a></h3>
    <p>${words}</p>
    <p class="made-of">${madeOf.map((made) => `<code>${made}</code>`).join(' ')}</p>
  </div>
</li>`;
