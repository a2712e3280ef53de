/** Text made safe to stand in HTML. */
export const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] as string);

/** Picture and words below it. */
export const figure = (picture: string, caption: string): string =>
  `<figure>${picture}<figcaption>${caption}</figcaption></figure>`;

/** A whole page that needs no other file, for light and dark. */
export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<style>${css}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
}

const css = `
:root {
  --paper: #fcfcfa; --ink: #1c1e21; --quiet: #5a6068; --rule: #d5d7da;
  --model: #1d5ba4; --data: #b4500f; --floor: #2f7d4f;
}
.on-dark { display: none; }
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #16181c; --ink: #e8e9eb; --quiet: #a2a8b0; --rule: #3a3f46;
    --model: #6fb2f0; --data: #f0a35e; --floor: #6cc592;
  }
  .on-light { display: none; }
  .on-dark { display: inline; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 56rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .4rem; }
h2 { font-size: 1.35rem; margin: 3rem 0 .3rem; padding-top: 1.2rem; border-top: 1px solid var(--rule); }
p { margin: .4rem 0; max-width: 44rem; }
code { font: .9em ui-monospace, monospace; overflow-wrap: anywhere; }
.quiet, figcaption { color: var(--quiet); font-size: .9rem; }
.panels { display: grid; grid-template-columns: repeat(auto-fit, minmax(230px, 1fr)); gap: .75rem 1.25rem; margin: 1rem 0; }
figure { margin: .75rem 0 0; }
figure svg, figure img { max-width: 100%; height: auto; display: block; }
figure img { image-rendering: pixelated; border: 1px solid var(--rule); filter: invert(1); }
@media (prefers-color-scheme: dark) { figure img { filter: none; } }
table { border-collapse: collapse; margin: 1rem 0; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--quiet); font-size: .9rem; padding-bottom: .3rem; }
th, td { text-align: right; padding: .3rem .9rem .3rem 0; border-bottom: 1px solid var(--rule); font-weight: normal; }
th { color: var(--quiet); font-size: .9rem; }
th:first-child, td:first-child { text-align: left; }
.scroll { overflow-x: auto; }
.key { display: inline-block; width: 1.1em; height: .22em; vertical-align: middle; margin-right: .35em; border-radius: 2px; }
.model { background: var(--model); } .data { background: var(--data); }
`;
