import predictions from './predictions.json';

export type ModelName = 'texture' | 'logistic' | 'bayes';

/** 569 tumours: which are malignant, and how probably each is by a model that was not trained on it. */
export interface Predictions {
  /** [569], 1 where it is malignant. */
  malignant: readonly number[];
  /** [569]. */
  probability: readonly number[];
}

/** What each model is, in a line. */
export const models: Record<ModelName, { label: string; words: string }> = {
  texture: {
    label: 'Texture',
    words: 'Logistic regression of one measurement. It ranks poorly, and it is unsure, as it should be.',
  },
  logistic: {
    label: 'Logistic',
    words: 'Logistic regression of all thirty measurements. It ranks all but perfectly.',
  },
  bayes: {
    label: 'Bayes',
    words: 'Naive Bayes of the same thirty, as if they knew nothing of each other: it ranks well, and is far too sure.',
  },
};

export const modelNames = Object.keys(models) as ModelName[];

export const predictionsOf = (model: ModelName): Predictions => ({
  malignant: predictions.malignant,
  probability: predictions[model],
});
