/** What the entrance, the head of the page and search engines say of a page. */
export interface PageCard {
  title: string;
  /** For search engines and previews: a sentence. */
  description: string;
  /** What can be done there, on its card. */
  words: string;
  /** What the picture on its card shows: `src/entrance/pictures/NAME.svg`. */
  picture: string;
  /** The packages that it is made of. */
  madeOf: readonly string[];
}

/** Every page, by the name of its folder, in the order of the entrance. */
export const pages: Readonly<Record<string, PageCard>> = {
  'flows-in-the-plane': {
    title: 'Normalizing flows in the plane',
    description:
      'Train a normalizing flow in your browser and watch it bend a Gaussian, layer by layer, into two moons, spirals or a checkerboard.',
    words:
      'Bend a Gaussian into two moons, a checkerboard or whatever you draw, with eleven kinds of flow from NICE to continuous ones. See the density, the samples and space itself change with every step, against a floor that is known exactly.',
    picture: 'A square grid, bent by a trained flow until it covers two interlocking moons.',
    madeOf: ['flows', 'training', 'datasets'],
  },
  'flow-faces': {
    title: 'Flow faces',
    description:
      'From one real digit to another: through the latent space of a normalizing flow, and pixel by pixel, with what the flow thinks of every station.',
    words:
      'Walk from one real digit to another in the latent space of a flow, on an arc or straight, beside a fade from pixel to pixel – and see what the flow thinks of every station.',
    picture: 'A strip of digits in which one becomes another, above the same as a blurred fade.',
    madeOf: ['flows', 'training', 'datasets'],
  },
  'autoregressive-images': {
    title: 'Autoregressive images',
    description:
      'A PixelCNN fills in half a digit, pixel by pixel, in your browser: several answers, what surprised it, and what it expected at any pixel.',
    words:
      'Cover half of a real digit and let a PixelCNN fill it in, line by line, eight times over. Then see which pixels surprised it, and what it had expected there.',
    picture: 'The upper half of a digit, and four different lower halves that a model has drawn to it.',
    madeOf: ['flows', 'training', 'datasets'],
  },
  'what-a-network-sees': {
    title: 'What a network sees',
    description:
      'Saliency, CAM, Grad-CAM, deconvnet, occlusion and ten more methods side by side, on a small network in your browser and any picture.',
    words:
      'Pick a picture, a class and a layer, and see fifteen methods say what a small network looked at. Watch an occluder walk over the picture, dream, and breed images that fool it – and find out which methods look at the network at all.',
    picture: 'A star and a ring, and a map of squares that are darkest over the star.',
    madeOf: ['visualization', 'core-layers', 'training'],
  },
  'build-a-cnn': {
    title: 'Build a CNN',
    description:
      'Stack convolutions, pools and residual blocks, see shapes, weights and receptive fields at once, and train on digits in your browser.',
    words:
      'Stack convolutions, pools, residual and dense layers; read off shapes, weights, multiplications and receptive fields. Then train on handwritten digits, see filters and feature maps change, and draw a digit of your own.',
    picture:
      'A handwritten three, the feature maps that two convolutions make of it, and ten bars of which one is long.',
    madeOf: ['core-layers', 'training', 'datasets'],
  },
  'markov-chains': {
    title: 'Markov chains',
    description:
      'Metropolis–Hastings, Gibbs and Hamiltonian Monte Carlo walk a density in your browser, with the figures that tell whether they can be trusted.',
    words:
      'Send Metropolis–Hastings, Gibbs and Hamiltonian walkers over a banana, a ring or three islands. Drag their step size, see their trajectories, and whether R̂, effective sample size and traces tell what the histogram shows.',
    picture: 'A ring-shaped density, with the curved trajectories of a few chains along it.',
    madeOf: ['distributions', 'runtime'],
  },
  'splits-at-a-glance': {
    title: 'Splits at a glance',
    description:
      'Choose a splitter, drag the sizes of classes and groups, and see what each split trains on, tests on and leaves out.',
    words:
      'Choose a splitter, drag the sizes of classes and groups, and see what each split trains on, tests on and leaves out – and which groups leak from one side to the other.',
    picture: 'Six rows of cells, most of them coloured as trained on, blocks of each as tested on.',
    madeOf: ['validation-splits'],
  },
  'scores-and-thresholds': {
    title: 'Scores and thresholds',
    description:
      'Move one threshold over real predictions, and see the confusion matrix, the ROC curve, precision and recall, and calibration move with it.',
    words:
      'Move one threshold over predictions of 569 real cases. The confusion matrix, the ROC curve, precision, recall and calibration move with it.',
    picture: 'Three ROC curves of different height, and a dot that marks a threshold on one of them.',
    madeOf: ['metrics'],
  },
};
