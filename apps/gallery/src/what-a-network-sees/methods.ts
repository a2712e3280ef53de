/** How a method's colours are to be read. */
export type Key = 'size' | 'heat' | 'signs' | 'none';

interface MethodCard {
  title: string;
  /** What it shows, in a sentence or two. */
  words: string;
  key: Key;
  /** What stands at both ends of its colours. */
  ends?: readonly [string, string];
  /** Takes its time, step by step, when it is asked to. */
  stepwise?: true;
  /** What it is about: the class, the layer, or neither of the two. */
  about: 'class' | 'layer' | 'class and layer' | 'network';
}

/** Three questions, and the methods that answer each. */
export const questions = {
  pixels: 'Which pixels count?',
  places: 'Where does it look?',
  inside: 'What is inside?',
} as const;
export type Question = keyof typeof questions;

const cards = {
  saliency: {
    title: 'Saliency',
    words: 'How much the class’s score changes with each pixel: the size of its gradient.',
    key: 'size',
    ends: ['no change', 'most'],
    about: 'class',
  },
  smoothGrad: {
    title: 'SmoothGrad',
    words: 'The same over 25 noisy copies of the picture, averaged: what flickers goes, what counts stays.',
    key: 'size',
    ends: ['no change', 'most'],
    about: 'class',
  },
  integratedGradients: {
    title: 'Integrated gradients',
    words:
      'What each pixel adds to the score on the way from plain grey to the picture. All together is the whole difference.',
    key: 'signs',
    ends: ['against', 'for the class'],
    about: 'class',
  },
  guidedBackprop: {
    title: 'Guided backprop',
    words:
      'The gradient along paths that are positive everywhere: sharp lines. Choose another class, and little changes.',
    key: 'none',
    about: 'class',
  },
  deconvnet: {
    title: 'Deconvnet',
    words:
      'The layer’s strongest channel run backwards, max pooling undone by its switches: what made that channel answer.',
    key: 'none',
    about: 'layer',
  },
  cam: {
    title: 'CAM',
    words: 'The last maps, each by its weight in the dense layer: their average is the class’s score itself.',
    key: 'heat',
    ends: ['least', 'most'],
    about: 'class',
  },
  gradCam: {
    title: 'Grad-CAM',
    words: 'The layer’s maps, each by its average gradient: as CAM, but in any layer of any network.',
    key: 'heat',
    ends: ['nothing', 'most'],
    about: 'class and layer',
  },
  gradCamPlusPlus: {
    title: 'Grad-CAM++',
    words: 'As Grad-CAM, but small regions count as much as large ones: made for several objects of one class.',
    key: 'heat',
    ends: ['nothing', 'most'],
    about: 'class and layer',
  },
  guidedGradCam: {
    title: 'Guided Grad-CAM',
    words: 'The lines of guided backprop where Grad-CAM says that they matter for this class.',
    key: 'none',
    about: 'class and layer',
  },
  occlusion: {
    title: 'Occlusion',
    words: 'A grey square walks over the picture. Where it costs the class its probability, the network was looking.',
    key: 'heat',
    ends: ['nothing lost', 'all lost'],
    stepwise: true,
    about: 'class',
  },
  featureMaps: {
    title: 'Feature maps',
    words:
      'What the layer makes of the picture: a map for each channel, each from black at its least to white at its most.',
    key: 'none',
    about: 'layer',
  },
  filters: {
    title: 'Filters',
    words:
      'The twelve filters of the first layer, five by five pixels in colour. They are weights: no picture changes them.',
    key: 'none',
    about: 'network',
  },
  activationMaximization: {
    title: 'Activation maximization',
    words: 'From grey noise, uphill: each step makes the class more probable. What would be the best of its kind?',
    key: 'none',
    stepwise: true,
    about: 'class',
  },
  deepDream: {
    title: 'DeepDream',
    words: 'The picture, changed so that the layer sees more of what it saw in it, from small sizes to large ones.',
    key: 'none',
    stepwise: true,
    about: 'layer',
  },
  foolingImage: {
    title: 'Fooling image',
    words: 'Patterns, bred until the network is 99 % sure of the class. Would you be?',
    key: 'none',
    stepwise: true,
    about: 'class',
  },
} as const satisfies Record<string, MethodCard>;

export type Method = keyof typeof cards;
export const methods: Readonly<Record<Method, MethodCard>> = cards;
export const methodNames = Object.keys(cards) as Method[];

/** The methods of each question, in the order of the page. */
export const wall: Readonly<Record<Question, readonly Method[]>> = {
  pixels: ['saliency', 'smoothGrad', 'integratedGradients', 'guidedBackprop', 'deconvnet'],
  places: ['cam', 'gradCam', 'gradCamPlusPlus', 'guidedGradCam', 'occlusion'],
  inside: ['featureMaps', 'filters', 'activationMaximization', 'deepDream', 'foolingImage'],
};

/** Those that make an image step by step. */
export type Synthesis = 'activationMaximization' | 'deepDream' | 'foolingImage';
/** Those that take one look. */
export type Glance = Exclude<Method, Synthesis | 'occlusion'>;

export const isGlance = (method: Method): method is Glance => methods[method].stepwise !== true;
