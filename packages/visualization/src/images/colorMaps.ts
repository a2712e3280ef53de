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
    [0.260899675, 0.00356224533, 0.324179532],
    [1.06130346, 1.50041945, 2.06106776],
    [-14.1024864, -0.892789527, -10.1897838],
    [73.837315, -1.05527839, 41.6113224],
    [-210.818931, 4.57373931, -117.510304],
    [316.183142, -3.93280554, 191.993223],
    [-228.37651, -0.0990653207, -162.833766],
    [62.9424108, 0.807063025, 54.6844112],
  ],
  inferno: [
    [0.00449442484, -0.00759435985, 0.0282574897],
    [-0.320093407, 1.10450444, -0.403193827],
    [19.8184941, -9.29636256, 54.117307],
    [-106.084087, 29.6239362, -397.15153],
    [332.604843, 4.94365785, 1303.38125],
    [-628.398152, -189.248352, -2289.70891],
    [701.248824, 381.35119, 2188.65173],
    [-427.818079, -308.548068, -1055.48128],
    [109.929236, 91.083513, 197.196896],
  ],
  turbo: [
    [0.214458463, 0.0660712158, 0.210349078],
    [-2.26351431, 3.79646132, 9.73365344],
    [76.497833, -20.817429, -56.0096919],
    [-659.895222, 167.183538, 281.508987],
    [2307.46411, -685.723517, -1164.56465],
    [-3511.30418, 1529.61679, 2628.32405],
    [1395.17925, -1995.93822, -2833.97171],
    [2253.64378, 1487.13268, 997.62019],
    [-2740.4354, -562.774324, 442.359614],
    [881.402984, 77.468088, -305.222063],
  ],
  coolwarm: [
    [0.231650781, 0.305692656, 0.751348714],
    [0.965177326, 1.22934644, 1.79739793],
    [3.59565661, 6.4408997, -5.26584678],
    [-17.5803542, -39.8704325, 17.0500559],
    [48.9456608, 116.039386, -53.1660556],
    [-74.8693422, -195.002712, 77.4884372],
    [54.2975773, 164.625767, -51.1742024],
    [-14.8785236, -53.7461552, 12.6667634],
  ],
  gray: [
    [0, 0, 0],
    [1, 1, 1],
  ],
};
