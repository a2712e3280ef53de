import { fromQuery, type Settings, sameSettings, toQuery } from './settings';

/** Keeps the settings in the page's address, so that it can be shared, and goes back and forth with its history. */
export class Address {
  #settings: Settings;
  /** What the address asked for when the page was opened, and could not have. */
  readonly refused: readonly string[];

  /** @param onMove - hears the settings of the address when the visitor goes back or forth. */
  constructor(onMove: (settings: Settings) => void) {
    const { settings, refused } = fromQuery(location.search);
    this.#settings = settings;
    this.refused = refused;
    history.replaceState(null, '', this.#with(settings));
    addEventListener('popstate', () => {
      const next = fromQuery(location.search).settings;
      if (sameSettings(next, this.#settings)) return; // only the #part has changed
      this.#settings = next;
      onMove(next);
    });
  }

  get settings(): Settings {
    return this.#settings;
  }

  /** Writes settings down as a new entry of the history. */
  set settings(next: Settings) {
    if (sameSettings(next, this.#settings)) return;
    this.#settings = next;
    history.pushState(null, '', this.#with(next));
  }

  #with(settings: Settings): string {
    return `?${toQuery(settings)}${location.hash}`;
  }
}
