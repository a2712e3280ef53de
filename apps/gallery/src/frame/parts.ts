/** Pieces of HTML that several pages have, by the name under which a page asks for them. */
export const parts: Readonly<Record<string, (words: string) => string>> = {
  noscript: () =>
    '<noscript><p class="wide">This page computes in your browser, and needs JavaScript for it.</p></noscript>',

  /** `{{transport Train, step}}`: the button's word, and what is counted. See src/page/transport.ts. */
  transport(words) {
    const [run = 'Run', unit = 'step'] = words.split(', ');
    return `<div class="transport">
  <div class="buttons">
    <button type="button" class="primary" id="run" disabled>
      <svg viewBox="0 0 16 16" aria-hidden="true"><path class="play" d="M4 2.5v11l9.5-5.5z" /><path class="hold" d="M3.5 2.5h3.2v11H3.5zM9.3 2.5h3.2v11H9.3z" /></svg>
      <span>${run}</span>
    </button>
    <button type="button" id="step" disabled>Step</button>
    <button type="button" id="reset" disabled>Reset</button>
  </div>
  <dl class="readings">
    <div><dt>${unit}</dt><dd id="steps">0</dd></div>
    <div><dt>${unit}s/s</dt><dd id="rate">–</dd></div>
    <div class="device"><dt>running on</dt><dd id="device">starting…</dd></div>
  </dl>
</div>
<p class="unseen" role="status" id="status"></p>`;
  },

  /** What the page says when its address asked in vain, and when something broke: src/page/dress.ts, src/page/notice.ts. */
  notices: () => `<p class="refused" id="refused" hidden></p>
<div class="notice" id="notice" role="alert" hidden>
  <div><strong></strong><p></p></div>
  <button type="button">Start again</button>
</div>`,

  /** `{{slider stepSize, Step size}}` with a place for its value in words. */
  slider(words) {
    const [name, label] = words.split(', ');
    return `<div class="field slider" data-for="${name}">
  <label for="${name}">${label}</label><output id="${name}-words" for="${name}"></output>
  <input type="range" id="${name}" name="${name}" />
</div>`;
  },

  /** `{{menu width, Width}}`. */
  menu(words) {
    const [name, label] = words.split(', ');
    return `<div class="field" data-for="${name}">
  <label for="${name}">${label}</label>
  <select id="${name}" name="${name}"></select>
</div>`;
  },

  /** The seed, with a button for another one. */
  seed: () => `<div class="field">
  <label for="seed">Seed</label>
  <span class="joined">
    <input type="number" id="seed" name="seed" step="1" inputmode="numeric" required />
    <button type="button" id="other-seed">Another</button>
  </span>
</div>`,

  /** The choice of a backend, and what is known of the one in use. */
  backend: () => `<div class="field">
  <label for="backend">Run on</label>
  <select id="backend" name="backend"></select>
</div>
<p class="device-words" id="device-words"></p>`,

  /** The end of every lesson. */
  code: () => `<section class="code">
  <h2>The same in code</h2>
  <pre><code id="code"></code></pre>
</section>`,
};
