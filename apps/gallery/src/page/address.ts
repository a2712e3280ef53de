/** How settings are written into an address and read from it. */
export interface Writing<Settings> {
  /** Every setting, as the query of an address. */
  toQuery(settings: Settings): string;
  /** What is missing takes its default; what cannot be used does too, and stands in `refused`. */
  fromQuery(query: string): { settings: Settings; refused: string[] };
}

/** Keeps the settings in the page's address, so that it can be shared, and goes back and forth with its history. */
export class Address<Settings> {
  readonly #writing: Writing<Settings>;
  #settings: Settings;
  /** What the address asked for when the page was opened, and could not have. */
  readonly refused: readonly string[];

  /** @param onMove - hears the settings of the address when the visitor goes back or forth. */
  constructor(writing: Writing<Settings>, onMove: (settings: Settings) => void) {
    this.#writing = writing;
    const { settings, refused } = writing.fromQuery(location.search);
    this.#settings = settings;
    this.refused = refused;
    history.replaceState(null, '', this.#with(settings));
    addEventListener('popstate', () => {
      const next = writing.fromQuery(location.search).settings;
      if (this.#isShown(next)) return; // only the #part has changed
      this.#settings = next;
      onMove(next);
    });
  }

  get settings(): Settings {
    return this.#settings;
  }

  /** Writes settings down as a new entry of the history. */
  set settings(next: Settings) {
    if (this.#isShown(next)) return;
    this.#settings = next;
    history.pushState(null, '', this.#with(next));
  }

  /** Writes settings down in the place of those that stand there: for what changes while it is dragged. */
  replace(next: Settings): void {
    this.#settings = next;
    history.replaceState(null, '', this.#with(next));
  }

  #isShown(settings: Settings): boolean {
    return this.#writing.toQuery(settings) === this.#writing.toQuery(this.#settings);
  }

  #with(settings: Settings): string {
    return `?${this.#writing.toQuery(settings)}${location.hash}`;
  }
}
