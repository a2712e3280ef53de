import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** What a file imports, statically, dynamically or as a type, and on which line. */
export interface Import {
  line: number;
  from: string;
}

export function parse(file: string, text: string = readFileSync(file, 'utf8')): ts.SourceFile {
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
}

export function importsOf(source: ts.SourceFile): Import[] {
  return nodesOf(source).flatMap((node) => {
    const specifier = specifierOf(node);
    return specifier && ts.isStringLiteralLike(specifier) ? [{ line: lineOf(node), from: specifier.text }] : [];
  });
}

function specifierOf(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) return node.arguments[0];
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return node.argument.literal;
  return undefined;
}

/** What tfjs exports for its own backends and for those who rebuild them: everything else is ops, tensors, optimizers. */
const internals = new Set([
  'backend',
  'backend_util',
  'copyRegisteredKernels',
  'DataStorage',
  'engine',
  'env',
  'ENV',
  'Environment',
  'findBackend',
  'findBackendFactory',
  'getGradient',
  'getKernel',
  'getKernelsForBackend',
  'kernel_impls',
  'KernelBackend',
  'registerBackend',
  'registerGradient',
  'registerKernel',
  'removeBackend',
  'unregisterGradient',
  'unregisterKernel',
]);
const tfjs = /^@tensorflow\/tfjs(-core)?$/;
const backendOrDeep = /^@tensorflow\/(tfjs-backend-|[^/]+\/)/;
/** Files that a page serves, and the entry by which tfjs documents that its core is given gradients. */
const exempt = /\.wasm(\?url)?$|^@tensorflow\/tfjs-core\/dist\/register_all_gradients(\.js)?$/;

/** Where a file touches tfjs's insides: `tf.engine()`, `import { registerKernel }`, a backend's package, a deep import. */
export function internalsOf(source: ts.SourceFile): { line: number; what: string }[] {
  const names = new Set<string>();
  for (const node of source.statements) {
    if (!ts.isImportDeclaration(node) || !tfjs.test(textOf(node.moduleSpecifier))) continue;
    const bindings = node.importClause?.namedBindings;
    if (bindings && ts.isNamespaceImport(bindings)) names.add(bindings.name.text);
  }
  return [
    ...importsOf(source)
      .filter(({ from }) => backendOrDeep.test(from) && !exempt.test(from))
      .map(({ line, from }) => ({ line, what: `"${from}"` })),
    ...nodesOf(source).flatMap((node) => {
      const name = internalName(node, names);
      return name && internals.has(name) ? [{ line: lineOf(node), what: name }] : [];
    }),
  ];
}

/** `engine` of `tf.engine`, where `tf` is tfjs, and of `import { engine } from '@tensorflow/tfjs-core'`. */
function internalName(node: ts.Node, namespaces: Set<string>): string | undefined {
  if (ts.isPropertyAccessExpression(node)) {
    return namespaces.has(node.expression.getText()) ? node.name.text : undefined;
  }
  if (ts.isQualifiedName(node)) return namespaces.has(node.left.getText()) ? node.right.text : undefined;
  if (ts.isImportSpecifier(node)) {
    const from = textOf(node.parent.parent.parent.moduleSpecifier);
    return tfjs.test(from) ? (node.propertyName ?? node.name).text : undefined;
  }
  return undefined;
}

const textOf = (node: ts.Node) => (ts.isStringLiteral(node) ? node.text : '');
const lineOf = (node: ts.Node) => node.getSourceFile().getLineAndCharacterOfPosition(node.getStart()).line + 1;

function nodesOf(node: ts.Node): ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (at: ts.Node) => {
    nodes.push(at);
    ts.forEachChild(at, visit);
  };
  visit(node);
  return nodes;
}
