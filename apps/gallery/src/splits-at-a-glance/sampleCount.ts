/** How many samples there are, whatever their classes and groups. */
export const SAMPLES = 60;
