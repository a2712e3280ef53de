import { describe } from '../../arguments/describe';
import { checkNumbers } from '../../arguments/numbers';

/** One object of a list in parsed JSON, with its place there, so that a message can name it: `annotations[3].bbox[2]`. */
export class JsonItem {
  readonly #caller: string;
  readonly #place: string;
  readonly #fields: Record<string, unknown>;

  constructor(caller: string, place: string, value: unknown) {
    this.#caller = caller;
    this.#place = place;
    this.#fields = value as Record<string, unknown>;
    if (typeof value !== 'object' || value === null) this.fail(TypeError, '', 'an object', value);
  }

  /** Its field as it stands there, undefined for a null. */
  get(field: string): unknown {
    return this.#fields[field] ?? undefined;
  }

  /** A whole number. */
  integer(field: string): number {
    const value = this.#number(`.${field}`, this.get(field));
    if (!Number.isSafeInteger(value)) this.fail(RangeError, `.${field}`, 'an integer', value);
    return value;
  }

  /** A finite number, and no less than `least`. */
  number(field: string, least?: number): number {
    return this.#number(`.${field}`, this.get(field), least);
  }

  /** A list of finite numbers, no less than `least`; `path` is where it stands, as in `.segmentation[0]`. */
  numbers(path: string, values: unknown, length?: number, least?: number): number[] {
    checkNumbers(this.#caller, this.#place + path, values as number[], length, least);
    return values as number[];
  }

  /** A rectangle: x, y of its upper left corner, width, height. */
  box(): number[] {
    const box = this.numbers('.bbox', this.get('bbox'), 4);
    for (const side of [2, 3]) this.#number(`.bbox[${side}]`, box[side], 0);
    return box;
  }

  /** @throws what `Kind` makes, naming the place, what must stand there and what does. */
  fail(Kind: new (message: string) => Error, path: string, expected: string, found: unknown): never {
    throw new Kind(`${this.#caller}: ${this.#place}${path} must be ${expected}, got ${describe(found)}`);
  }

  #number(path: string, value: unknown, least = Number.NEGATIVE_INFINITY): number {
    if (typeof value !== 'number') this.fail(TypeError, path, 'a number', value);
    if (!Number.isFinite(value)) this.fail(RangeError, path, 'finite', value);
    if (value < least) this.fail(RangeError, path, `at least ${least}`, value);
    return value;
  }
}

/** The objects of a list in parsed JSON. */
export function itemsOf(caller: string, list: string, values: unknown): JsonItem[] {
  if (!Array.isArray(values)) throw new TypeError(`${caller}: ${list} must be an array, got ${describe(values)}`);
  return values.map((value, i) => new JsonItem(caller, `${list}[${i}]`, value));
}
