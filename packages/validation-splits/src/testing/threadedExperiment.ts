/** How a fold comes to grief: by the sample that it tests and so does not train on. */
const trouble = { throws: 5, dies: 15 };

/** Twenty-four samples that are their own positions; a model that fails where it is told to. */
export const experiment = {
  build: () => ({
    fit(x: number[]) {
      if (!x.includes(trouble.throws)) throw new RangeError('too steep');
      if (!x.includes(trouble.dies)) process.exit(7);
    },
    predict: (x: number[]) => x.map((value) => value % 2),
  }),
  data: { x: Array.from({ length: 24 }, (_, i) => i), y: Array.from({ length: 24 }, (_, i) => i % 2) },
  metrics: {
    accuracy: (yTrue: number[], yPred: number[]) => yTrue.filter((y, i) => y === yPred[i]).length / yTrue.length,
  },
};
