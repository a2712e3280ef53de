import { readStack, type Stack } from './blocks';

const stackOf = (text: string): Stack => {
  const stack = readStack(text);
  if (stack === undefined) throw new Error(`presets: "${text}" must be a stack`);
  return stack;
};

/** Stacks to begin with. */
export const presets = {
  first: {
    label: 'A first network',
    words: 'Two convolutions, each with a pooling after it, and ten classes.',
    stack: stackOf('conv-8-3-1-same-relu-none.maxPool-2-2.conv-16-3-1-same-relu-none.maxPool-2-2.flatten'),
  },
  linear: {
    label: 'Linear',
    words: 'No layer between pixels and classes: what can be had without convolutions. Its filters are templates.',
    stack: stackOf('flatten'),
  },
  lenet5: {
    label: 'LeNet-5',
    words: 'LeCun, Bottou, Bengio, Haffner, 1998: tanh, average pooling, three dense layers.',
    stack: stackOf(
      'conv-6-5-1-same-tanh-none.averagePool-2-2.conv-16-5-1-valid-tanh-none.averagePool-2-2.flatten.dense-120-tanh.dense-84-tanh',
    ),
  },
  vgg: {
    label: 'Small VGG',
    words:
      'After Simonyan and Zisserman, 2014: pairs of 3 × 3 convolutions see as far as one of 5 × 5, with fewer weights.',
    stack: stackOf(
      'conv-8-3-1-same-relu-batch.conv-8-3-1-same-relu-batch.maxPool-2-2.conv-16-3-1-same-relu-batch.conv-16-3-1-same-relu-batch.maxPool-2-2.flatten.dense-64-relu.dropout-03',
    ),
  },
  resnet: {
    label: 'Small ResNet',
    words:
      'After He, Zhang, Ren and Sun, 2015: each block adds to what came before it; the image halves as channels double.',
    stack: stackOf('conv-8-3-1-same-relu-batch.residual-8-1.residual-16-2.residual-32-2.globalPool'),
  },
} as const;
