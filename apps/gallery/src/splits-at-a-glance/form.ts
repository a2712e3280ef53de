import { element } from '../page/element';
import { SettingsForm } from '../page/settingsForm';
import { defaults, rules, type Settings } from './settings';
import { offerOf, splitterNames, splitters } from './splitters';

/** The form beside the picture: shows settings, and says when the visitor has changed one. */
export function splitsForm(onChange: (settings: Settings) => void): SettingsForm<Settings> {
  for (const [kind, names] of Map.groupBy(splitterNames, (name) => splitters[name].kind)) {
    const group = Object.assign(document.createElement('optgroup'), { label: kind });
    group.append(...names.map((name) => new Option(name, name)));
    element('splitter').append(group);
  }
  const form = new SettingsForm(element<HTMLFormElement>('settings'), defaults, rules, {
    live: true,
    onChange,
    describe,
  });
  element('even').addEventListener('click', () => {
    const { classes, groups } = defaults;
    onChange({ ...form.read(), classes, groups });
  });
  return form;
}

/** Words that follow from the settings, and the fields that their splitter takes. */
function describe({ splitter, shuffle, nSplits, testShare, gap }: Settings): void {
  const { takes, words } = offerOf(splitter);
  element('words').textContent = words;
  for (const field of document.querySelectorAll<HTMLElement>('#settings [data-for]')) {
    field.hidden = !takes.includes(field.dataset.for as (typeof takes)[number]);
  }
  // A seed without shuffling changes nothing, and is an error.
  element<HTMLInputElement>('seed').disabled = takes.includes('shuffle') && !shuffle;
  element('nSplits-words').textContent = String(nSplits);
  element('testShare-words').textContent = `${testShare} %`;
  element('gap-words').textContent = gap === 1 ? '1 sample' : `${gap} samples`;
}
