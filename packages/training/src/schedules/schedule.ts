/**
 * The learning rate of each step.
 *
 * @param step - how many steps were taken before it: 0 for the first.
 */
export type Schedule = (step: number) => number;
