/** Every kind of block, with what can be set of it: the choices of each. */
export const kinds = {
  conv: {
    label: 'Convolution',
    fields: {
      filters: [1, 2, 4, 6, 8, 12, 16, 24, 32, 48, 64],
      kernel: [1, 3, 5, 7],
      stride: [1, 2, 3],
      padding: ['same', 'valid'],
      activation: ['relu', 'gelu', 'tanh', 'sigmoid', 'linear'],
      norm: ['none', 'batch'],
    },
    usual: { filters: 8, kernel: 3, stride: 1, padding: 'same', activation: 'relu', norm: 'none' },
  },
  maxPool: { label: 'Max pooling', fields: { size: [2, 3, 4], stride: [1, 2, 3, 4] }, usual: { size: 2, stride: 2 } },
  averagePool: {
    label: 'Average pooling',
    fields: { size: [2, 3, 4], stride: [1, 2, 3, 4] },
    usual: { size: 2, stride: 2 },
  },
  residual: {
    label: 'Residual block',
    fields: { filters: [4, 8, 16, 24, 32, 48, 64], stride: [1, 2] },
    usual: { filters: 16, stride: 1 },
  },
  inception: {
    label: 'Inception block',
    fields: { filters: [8, 16, 24, 32, 48, 64] },
    usual: { filters: 16 },
  },
  squeezeExcite: { label: 'Squeeze-and-excite', fields: { ratio: [2, 4, 8, 16] }, usual: { ratio: 4 } },
  dropout: { label: 'Dropout', fields: { rate: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7] }, usual: { rate: 0.3 } },
  globalPool: { label: 'Global average pooling', fields: {}, usual: {} },
  flatten: { label: 'Flatten', fields: {}, usual: {} },
  dense: {
    label: 'Dense',
    fields: {
      units: [8, 10, 16, 32, 64, 84, 120, 128, 256],
      activation: ['relu', 'gelu', 'tanh', 'sigmoid', 'linear'],
    },
    usual: { units: 64, activation: 'relu' },
  },
} as const;

export type Kind = keyof typeof kinds;
type Fields<K extends Kind> = (typeof kinds)[K]['fields'];
export type BlockOf<K extends Kind> = { readonly kind: K } & {
  readonly [F in keyof Fields<K>]: Fields<K>[F] extends readonly (infer Choice)[] ? Choice : never;
};
/** One block of a stack, as a visitor sets it. */
export type Block = { [K in Kind]: BlockOf<K> }[Kind];
/** Blocks from the image upwards; ten classes stand on top of every stack. */
export type Stack = readonly Block[];

/** Blocks that a stack may have at most. */
export const MOST_BLOCKS = 20;

export const kindNames = Object.keys(kinds) as Kind[];

/** What can be set of a block, and what each may be. */
export const fieldsOf = (kind: Kind): [field: string, choices: readonly (string | number)[]][] =>
  Object.entries(kinds[kind].fields);

/** A block of a kind as it is usually set. */
export const usualBlock = (kind: Kind): Block => ({ kind, ...kinds[kind].usual }) as Block;

/** The block with one of its fields set otherwise. */
export function withField(block: Block, field: string, choice: string): Block {
  const choices = fieldsOf(block.kind).find(([name]) => name === field)?.[1] ?? [];
  const value = choices.find((one) => String(one) === choice);
  return value === undefined ? block : ({ ...block, [field]: value } as Block);
}

/** What is set of a block, in the order of its fields. */
export const valuesOf = (block: Block): (string | number)[] =>
  fieldsOf(block.kind).map(([field]) => (block as unknown as Record<string, string | number>)[field] ?? '');

/** A stack as text for an address: `conv-8-3-1-same-relu-none.maxPool-2-2.flatten`. */
export const writeStack = (stack: Stack): string =>
  stack.map((block) => [block.kind, ...valuesOf(block).map(plain)].join('-')).join('.');

/** The stack that a text stands for, or undefined when it is none. */
export function readStack(text: string): Stack | undefined {
  const blocks = text === '' ? [] : text.split('.').map(readBlock);
  return blocks.length <= MOST_BLOCKS && blocks.every((block) => block !== undefined) ? blocks : undefined;
}

function readBlock(text: string): Block | undefined {
  const [name, ...values] = text.split('-');
  const kind = kindNames.find((one) => one === name);
  if (kind === undefined) return undefined;
  const fields = fieldsOf(kind);
  const read = fields.map(([field, choices], i) => [field, choices.find((one) => plain(one) === values[i])] as const);
  const isWhole = values.length === fields.length && read.every(([, value]) => value !== undefined);
  return isWhole ? ({ kind, ...Object.fromEntries(read) } as Block) : undefined;
}

/** A value without the dot, which stands between blocks: 0.3 as 03. */
const plain = (value: string | number) => String(value).replace('.', '');
