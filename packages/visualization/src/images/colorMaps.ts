/** The colour maps there are; `coolwarm` is for maps with signs, its white stands at ½. */
export const colorMapNames = ['viridis', 'inferno', 'turbo', 'coolwarm', 'gray'] as const;

export type ColorMapName = (typeof colorMapNames)[number];

/** One coefficient each for red, green and blue. */
type Coefficients = readonly (readonly [number, number, number])[];

/**
 * Colours as polynomials of a number in [0, 1], lowest power first, fitted to the maps of these names within 0.025
 * (turbo), 0.015 (inferno) and 0.007 (viridis, coolwarm); `tools/oracles/colorMaps.py` makes them.
 *
 * Reference: Smith, van der Walt, Firing, "New matplotlib colormaps", 2015 (viridis, inferno); Mikhailov, "Turbo, an improved
 * rainbow colormap for visualization", 2019; Moreland, "Diverging color maps for scientific visualization", 2009 (coolwarm).
 */
export const colorMaps: Readonly<Record<ColorMapName, Coefficients>> = {
  viridis: [
    [0.2609, 0.0035622, 0.32418],
    [1.0613, 1.5004, 2.0611],
    [-14.102, -0.89279, -10.19],
    [73.837, -1.0553, 41.611],
    [-210.82, 4.5737, -117.51],
    [316.18, -3.9328, 191.99],
    [-228.38, -0.099065, -162.83],
    [62.942, 0.80706, 54.684],
  ],
  inferno: [
    [0.0044944, -0.0075944, 0.028257],
    [-0.32009, 1.1045, -0.40319],
    [19.818, -9.2964, 54.117],
    [-106.08, 29.624, -397.15],
    [332.6, 4.9437, 1303.4],
    [-628.4, -189.25, -2289.7],
    [701.25, 381.35, 2188.7],
    [-427.82, -308.55, -1055.5],
    [109.93, 91.084, 197.2],
  ],
  turbo: [
    [0.21446, 0.066071, 0.21035],
    [-2.2635, 3.7965, 9.7337],
    [76.498, -20.817, -56.01],
    [-659.9, 167.18, 281.51],
    [2307.5, -685.72, -1164.6],
    [-3511.3, 1529.6, 2628.3],
    [1395.2, -1995.9, -2834],
    [2253.6, 1487.1, 997.62],
    [-2740.4, -562.77, 442.36],
    [881.4, 77.468, -305.22],
  ],
  coolwarm: [
    [0.23165, 0.30569, 0.75135],
    [0.96518, 1.2293, 1.7974],
    [3.5957, 6.4409, -5.2658],
    [-17.58, -39.87, 17.05],
    [48.946, 116.04, -53.166],
    [-74.869, -195, 77.488],
    [54.298, 164.63, -51.174],
    [-14.879, -53.746, 12.667],
  ],
  gray: [
    [0, 0, 0],
    [1, 1, 1],
  ],
};
