import { lineOf, type Place } from './callerLine';

/** Why a function cannot be captured: what it did, and the line that did it. */
export class CaptureError extends Error {
  override readonly name = 'CaptureError';
}

export const refusal = (complaint: string, place: Place): CaptureError =>
  new CaptureError(`capture: ${complaint}, at ${lineOf(place)}`);
