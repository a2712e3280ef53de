import { token } from '../../page/theme';

/** The colour of a chain: every fourth has the same. */
export function chainColour(chain: number): string {
  const colours = token('--chains').split(',');
  return (colours[chain % colours.length] as string).trim();
}
