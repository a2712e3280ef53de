import type { Rule, Rules } from './settings';

interface Manner<Settings> {
  /** Hears all settings, after the visitor has changed one to something that it may be. */
  onChange: (settings: Settings) => void;
  /** Writes the words that follow from what is chosen, also while a slider is on its way. */
  describe?: (settings: Settings) => void;
  /** Whether a slider is heard on its way, not only where it is let go. */
  live?: boolean;
  /** What stands in a menu for a value. */
  labels?: { [Name in keyof Settings]?: (value: Settings[Name]) => string };
}

/**
 * The form beside the pictures: a control for each setting, under its name. Menus are filled and sliders bounded from the
 * rules; a slider over a list gives its places. A setting without a control stays as it was shown.
 */
export class SettingsForm<Settings extends object> {
  readonly #form: HTMLFormElement;
  readonly #rules: Rules<Settings>;
  readonly #describe: (settings: Settings) => void;
  #shown: Settings;

  constructor(form: HTMLFormElement, usual: Settings, rules: Rules<Settings>, manner: Manner<Settings>) {
    const { onChange, describe = () => {}, live = false, labels = {} } = manner;
    this.#form = form;
    this.#rules = rules;
    this.#shown = usual;
    this.#describe = describe;
    for (const name of this.#names()) {
      const [control, rule] = [form.elements.namedItem(name), rules[name]];
      if (control instanceof HTMLSelectElement && isList(rule) && control.length === 0) {
        const label = (labels as Record<string, (value: unknown) => string>)[name] ?? String;
        for (const choice of rule) control.add(new Option(label(choice), String(choice)));
      } else if (control instanceof HTMLInputElement && ('from' in rule || isList(rule))) {
        const [from, to] = 'from' in rule ? [rule.from, rule.to] : [0, rule.length - 1];
        Object.assign(control, { min: String(from), max: String(to), step: '1' });
      }
    }
    form.addEventListener('submit', (event) => event.preventDefault());
    form.addEventListener('input', () => {
      this.#describe(this.read());
      if (live && form.checkValidity()) onChange(this.read());
    });
    form.addEventListener('change', () => {
      if (!live && form.reportValidity()) onChange(this.read());
    });
    form.querySelector('#other-seed')?.addEventListener('click', () => {
      const { from, to } = (rules as Record<string, { from: number; to: number }>).seed ?? { from: 0, to: 999_999 };
      // Only a new name for a run: the run itself is seeded.
      const seed = from + Math.floor(Math.random() * (to - from + 1));
      this.show({ ...this.read(), seed });
      onChange(this.read());
    });
  }

  show(settings: Settings): void {
    this.#shown = settings;
    for (const name of this.#names()) {
      const [control, rule] = [this.#form.elements.namedItem(name), this.#rules[name]];
      if (control instanceof HTMLInputElement && control.type === 'checkbox') control.checked = settings[name] === true;
      else if (isSlider(control) && isList(rule)) control.value = String(rule.indexOf(settings[name]));
      else if (control !== null) (control as HTMLInputElement | RadioNodeList).value = String(settings[name]);
    }
    this.#describe(settings);
  }

  read(): Settings {
    const settings = { ...this.#shown };
    for (const name of this.#names()) {
      const [control, rule] = [this.#form.elements.namedItem(name), this.#rules[name]];
      if (control === null) continue;
      const { value } = control as HTMLInputElement | RadioNodeList;
      if (control instanceof HTMLInputElement && control.type === 'checkbox') {
        settings[name] = control.checked as Settings[typeof name];
      } else if (isSlider(control) && isList(rule)) settings[name] = rule[Number(value)] as Settings[typeof name];
      else settings[name] = (typeof settings[name] === 'number' ? Number(value) : value) as Settings[typeof name];
    }
    return settings;
  }

  #names(): (keyof Settings & string)[] {
    return Object.keys(this.#rules) as (keyof Settings & string)[];
  }
}

const isList = <Value>(rule: Rule<Value>): rule is readonly Value[] => Array.isArray(rule);

const isSlider = (control: unknown): control is HTMLInputElement =>
  control instanceof HTMLInputElement && control.type === 'range';
