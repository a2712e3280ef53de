import type * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';

type Layer = tfl.layers.Layer;

/** One application of a layer. */
export interface GraphNode {
  /** The layer's name; that of a layer in a nested model is `outer/inner`, that of a second application `name#2`. */
  readonly name: string;
  readonly layer: Layer;
  readonly inputs: readonly Edge[];
  /** What the model says to the layer at each call. */
  readonly callArgs: Readonly<Record<string, unknown>>;
  /** Of its first output, batch first; null where it is not fixed. */
  readonly shape: readonly (number | null)[];
}

/** One output of a node. */
export interface Edge {
  readonly node: GraphNode;
  readonly index: number;
}

/** A model as applications of layers, nested models opened up. */
export interface Graph {
  readonly input: GraphNode;
  /** The model's first output. */
  readonly output: Edge;
  /** In an order in which they can be run, the input left out. */
  readonly nodes: readonly GraphNode[];
}

/** Where symbolic tensors of one model stand in the graph. */
interface Scope {
  prefix: string;
  inputs: Map<number, Edge>;
  nodes: Map<object, GraphNode>;
  nested: Map<object, Scope>;
}

const scope = (prefix: string): Scope => ({ prefix, inputs: new Map(), nodes: new Map(), nested: new Map() });

/**
 * The graph of a model, from its first output back to its input.
 *
 * @throws TypeError when it is not a model of tf.layers with one input.
 */
export function graphOf(caller: string, model: tfl.LayersModel): Graph {
  if (!(model instanceof tfl.LayersModel)) {
    throw new TypeError(`${caller}: model must be a tf.LayersModel, got ${typeof model}`);
  }
  if (model.inputs.length !== 1) {
    throw new TypeError(`${caller}: model must have one input, got ${model.inputs.length}`);
  }
  const [source, sink] = [model.inputs[0] as tfl.SymbolicTensor, model.outputs[0] as tfl.SymbolicTensor];
  const input: GraphNode = {
    name: source.sourceLayer.name,
    layer: source.sourceLayer,
    inputs: [],
    callArgs: {},
    shape: source.shape,
  };
  const nodes: GraphNode[] = [];
  const applications = new Map<string, number>();

  /** The edge of a symbolic tensor; everything before it is entered first. */
  function edgeOf(symbolic: tfl.SymbolicTensor, within: Scope): Edge {
    const bound = within.inputs.get(symbolic.id);
    if (bound) return bound;
    const application = symbolic.sourceLayer.inboundNodes[symbolic.nodeIndex];
    if (!application || application.inputTensors.length === 0) {
      throw new TypeError(
        `${caller}: model must lead from its input to each layer, got ${symbolic.name} from elsewhere`,
      );
    }
    const layer = application.outboundLayer;
    if (layer instanceof tfl.LayersModel) {
      const inner = opened(layer, application, within);
      return edgeOf(layer.outputs[symbolic.tensorIndex] as tfl.SymbolicTensor, inner);
    }
    let node = within.nodes.get(application);
    if (!node) {
      const inputs = application.inputTensors.map((each) => edgeOf(each, within));
      const name = `${within.prefix}${layer.name}`;
      const count = (applications.get(name) ?? 0) + 1;
      applications.set(name, count);
      node = {
        name: count === 1 ? name : `${name}#${count}`,
        layer,
        inputs,
        callArgs: application.callArgs ?? {},
        shape: (application.outputTensors[0] as tfl.SymbolicTensor).shape,
      };
      within.nodes.set(application, node);
      nodes.push(node);
    }
    return { node, index: symbolic.tensorIndex };
  }

  /** The inside of a nested model, for one application of it. */
  function opened(inner: tfl.LayersModel, application: Layer['inboundNodes'][number], within: Scope): Scope {
    let found = within.nested.get(application);
    if (!found) {
      found = scope(`${within.prefix}${inner.name}/`);
      for (const [i, each] of application.inputTensors.entries()) {
        found.inputs.set((inner.inputs[i] as tfl.SymbolicTensor).id, edgeOf(each, within));
      }
      within.nested.set(application, found);
    }
    return found;
  }

  const outermost = scope('');
  outermost.inputs.set(source.id, { node: input, index: 0 });
  return { input, output: edgeOf(sink, outermost), nodes };
}

/**
 * The layer of a name: of its own, or the last one of a module or of a nested model, as `layer4` is of all whose names begin
 * with `layer4.`, and `base` of all that begin with `base/`.
 *
 * @throws RangeError that lists the names there are, otherwise.
 */
export function nodeNamed(caller: string, graph: Graph, name: string): GraphNode {
  const isWithin = (node: GraphNode) => node.name.startsWith(`${name}.`) || node.name.startsWith(`${name}/`);
  const found = graph.nodes.find((node) => node.name === name) ?? graph.nodes.findLast(isWithin);
  if (found) return found;
  const names = graph.nodes.map((node) => node.name).join(', ');
  throw new RangeError(`${caller}: layer must be one of ${names}, got ${name}`);
}

/**
 * The names of a model's layers as targets and options take them, in the order in which they are run.
 *
 * @param model - layers of a nested model are `outer/inner`, a layer's second application `name#2`. What is before a dot or a
 *   slash is a name as well, that of the last layer within: `layer4` of `layer4.0.conv1` … `layer4.1.conv2`.
 *
 * @example
 * layerNames(model); // ['conv1', 'pool1', 'base/conv1', …]
 */
export function layerNames(model: tfl.LayersModel): string[] {
  return graphOf('layerNames', model).nodes.map(({ name }) => name);
}

/** A tensor where a layer gives it alone or in a list. */
export const listed = (value: tf.Tensor | tf.Tensor[]): tf.Tensor[] => (Array.isArray(value) ? value : [value]);
