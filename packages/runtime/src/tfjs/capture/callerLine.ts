/** Where this package lies, installed or among its siblings in the workspace. */
const own = import.meta.url.replace(/^file:\/\//, '').replace(/\/(runtime\/src|dist)\/.*$/, '/');

const isLibrary = (frame: string): boolean =>
  /node_modules|node:internal/.test(frame) || (frame.includes(own) && !/\.(test|browser)\.ts/.test(frame));

/** A place in the code to be told later, for the price of a stack trace. */
export type Place = Error;

/** Remembers who called, deep enough to see through tfjs. */
export function here(): Place {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 60;
  const place = new Error();
  Error.stackTraceLimit = limit;
  return place;
}

/** The innermost line that is neither tfjs's nor ours, as `function (file:line:column)`. */
export function lineOf(place: Place): string {
  const frames = (place.stack ?? '').split('\n').map((frame) => frame.trim());
  const frame = frames.find((line) => /:\d+:\d+\)?$/.test(line) && !isLibrary(line.replace(/^file:\/\//, '')));
  return frame?.replace(/^at /, '') ?? 'a line that the stack does not show';
}
