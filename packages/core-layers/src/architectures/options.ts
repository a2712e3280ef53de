import { checkCount, complain } from '../check';
import type { InitializerArg } from '../layers/saved';

/** What every architecture takes. */
export interface ArchitectureOptions {
  /** Height, width and channels of an image. */
  inputShape?: readonly [height: number, width: number, channels: number];
  /** How many logits come out. Default 1000, 10 of the small ones. */
  classes?: number;
  /** Whether the head that makes logits is there; without it the model gives features. Default true. */
  includeTop?: boolean;
  /** Without the top: features as they are (default), or of each channel the mean or the largest over all places. */
  pooling?: 'avg' | 'max';
  /** Of the first weights, an integer in [0, 2⁵³). Default: seeds made of the layers' names. */
  seed?: number;
  /**
   * Of every kernel. Default: `heNormal`, and `glorotUniform` of the layer that makes the logits. `zeros` costs least, for
   * weights that are loaded.
   */
  kernelInitializer?: InitializerArg;
}

/** Networks that are built in two ways. */
export interface VariantOptions extends ArchitectureOptions {
  /** As torchvision has it (default), or as in the paper. */
  variant?: 'torchvision' | 'paper';
}

const common: readonly string[] = ['inputShape', 'classes', 'includeTop', 'pooling', 'seed', 'kernelInitializer'];

/** What an architecture allows beside what every one takes. */
interface Allowed {
  variants?: readonly string[];
  auxiliary?: boolean;
  /** Options that are counts, such as a width. */
  counts?: readonly string[];
  /** Common options that it has no use for. */
  without?: readonly string[];
}

/** Checks options by their names and values, before any layer is made. */
export function checkOptions(
  caller: string,
  options: object,
  { variants, auxiliary, counts = [], without = [] }: Allowed,
): void {
  const given = options as ArchitectureOptions & { variant?: string; auxiliary?: boolean } & Record<string, unknown>;
  const own = [...(variants ? ['variant'] : []), ...(auxiliary ? ['auxiliary'] : []), ...counts];
  const names = [...common.filter((name) => !without.includes(name)), ...own];
  for (const name of Object.keys(given)) {
    if (!names.includes(name)) complain(caller, 'options', `some of ${names.join(', ')}`, name);
  }
  const { inputShape, classes, includeTop = true, pooling, variant, seed } = given;
  if (inputShape !== undefined && !(Array.isArray(inputShape) && inputShape.length === 3 && inputShape.every(isSize))) {
    complain(caller, 'inputShape', '[height, width, channels], integers ≥ 1', inputShape);
  }
  for (const name of ['classes', ...counts]) {
    if (given[name] !== undefined) checkCount(caller, name, given[name] as number);
  }
  for (const name of ['includeTop', 'auxiliary']) {
    const value = given[name];
    if (value !== undefined && typeof value !== 'boolean') complain(caller, name, 'true or false', value);
  }
  if (variant !== undefined && !variants?.includes(variant)) {
    complain(caller, 'variant', variants?.join(' or ') ?? 'left out', variant);
  }
  if (pooling !== undefined && pooling !== 'avg' && pooling !== 'max')
    complain(caller, 'pooling', 'avg or max', pooling);
  if (pooling !== undefined && includeTop) {
    complain(caller, 'pooling', 'left out, or includeTop false; it is for features', pooling);
  }
  if (!includeTop) {
    if (classes !== undefined) complain(caller, 'classes', 'left out without the top', classes);
    if (given.auxiliary) complain(caller, 'auxiliary', 'false without the top', 'true');
  }
  if (seed !== undefined && !(Number.isSafeInteger(seed) && seed >= 0)) {
    complain(caller, 'seed', 'an integer in [0, 2^53)', String(seed));
  }
}

const isSize = (value: unknown) => Number.isInteger(value) && (value as number) > 0;
