import type { LayersModel } from '@tensorflow/tfjs-layers';
import { breathe } from '../worker/breathe';
import { type Line, serve } from '../worker/serve';
import { bytesOf } from './engine/bytes';
import { cssColours } from './engine/colours';
import { glance } from './engine/glance';
import { occlude } from './engine/occlude';
import { readPicture } from './engine/readPicture';
import { imageOf, judge, likeliest, type Picture, type Subject, strongestChannel } from './engine/subject';
import { type Making, openMaking } from './engine/synthesize';
import { isGlance, type Method, methodNames } from './methods';
import { loadWeights, shapeNetwork } from './network/network';
import weights from './network/shapes.safetensors?url';
import cat from './photographs/cat.jpg?url';
import dog from './photographs/dog.jpg?url';
import { drawnNames, isPhotograph, type PhotographName, type PictureName } from './pictures';
import type { Report, Request, Stations } from './protocol';
import type { NetworkName, Settings } from './settings';
import { drawnPicture } from './shapes/drawnPicture';
import { shapeNames } from './shapes/outlines';

const photographs: Record<PhotographName, string> = { cat, dog };

const networks = new Map<NetworkName, LayersModel>();
let colours: Awaited<ReturnType<typeof cssColours>> | undefined;
let drawnSeed: number | undefined;
/** What was looked at last, and which look it was: what an earlier one has still to show is given up. */
let [subject, latest]: [Subject | undefined, number] = [undefined, 0];
/** What goes on step by step. */
let [making, occluding]: [Making | undefined, AbortController | undefined] = [undefined, undefined];

serve<Request, Report>(async (request, line) => {
  switch (request.type) {
    case 'look':
      await look(request.settings, request.file, line);
      return;
    case 'begin':
      await begin(request.method, line);
      return;
    default:
      making?.[request.type]();
  }
});

async function look(settings: Settings, file: File | undefined, line: Line<Report>): Promise<void> {
  const picture = await found(settings, file, line);
  if (picture === undefined) return;
  await stop();
  if (colours === undefined) {
    colours = await cssColours();
    line.report({ type: 'colours', colours });
  }
  if (drawnSeed !== settings.seed) {
    drawnSeed = settings.seed;
    const pictures = drawnNames.map((name) => [name, bytesOf(drawnPicture(name, settings.seed).pixels)]);
    line.report({ type: 'drawn', pictures: Object.fromEntries(pictures) });
  }
  const model = networks.get(settings.network) ?? (await network(settings.network));
  networks.set(settings.network, model);
  const image = imageOf(picture.pixels);
  const probabilities = await judge(model, image);
  const channel = await strongestChannel(model, image, settings.layer);
  image.dispose();
  const target = settings.target === 'likeliest' ? likeliest(probabilities) : shapeNames.indexOf(settings.target);
  subject = { ...picture, model, target, layer: settings.layer, channel, seed: settings.seed };
  line.report({ type: 'seen', sight: { image: bytesOf(picture.pixels), probabilities, target, channel } });
  void showAll(subject, settings.method, line).catch(line.reportError); // not awaited: a later request is heard meanwhile
}

/** The picture that the settings name, or the visitor's own; a file that is none is refused. */
async function found({ picture, seed }: Settings, file: File | undefined, line: Line<Report>) {
  if (file === undefined) return builtIn(picture, seed);
  try {
    return await readPicture(file);
  } catch (error) {
    line.report({ type: 'refused', words: `${file.name}: ${error instanceof Error ? error.message : error}.` });
    return undefined;
  }
}

async function builtIn(picture: PictureName, seed: number): Promise<{ pixels: Float32Array; large?: Picture }> {
  if (!isPhotograph(picture)) return { pixels: drawnPicture(picture, seed).pixels };
  return readPicture(await (await fetch(photographs[picture])).blob());
}

async function network(name: NetworkName): Promise<LayersModel> {
  const made = shapeNetwork(1);
  if (name === 'trained') loadWeights(made, new Uint8Array(await (await fetch(weights)).arrayBuffer()));
  return made;
}

/** Shows what takes one look, method by method, the one that is shown large first. */
async function showAll(seen: Subject, large: Method, line: Line<Report>): Promise<void> {
  const mine = ++latest;
  for (const method of [large, ...methodNames.filter((name) => name !== large)].filter(isGlance)) {
    const image = await glance(method, seen);
    await breathe();
    if (mine !== latest) return;
    line.report({ type: 'shown', method, image }, [image.data.buffer]);
  }
  line.report({ type: 'complete' });
}

async function begin(method: Method, line: Line<Report>): Promise<void> {
  await stop();
  if (subject === undefined || isGlance(method)) return;
  if (method !== 'occlusion') {
    making = openMaking(method, subject, {
      onMade: (made) => line.report({ type: 'made', made }),
      onError: line.reportError,
    });
    return;
  }
  const mine = new AbortController();
  occluding = mine;
  const onStations = (stations: Stations) => line.report({ type: 'stations', stations });
  void occlude(subject, { signal: mine.signal, onStations }).catch((error) => {
    if (!mine.signal.aborted) line.reportError(error);
  });
}

/** Gives up what goes on step by step. */
async function stop(): Promise<void> {
  occluding?.abort();
  await making?.close();
  [making, occluding] = [undefined, undefined];
}
