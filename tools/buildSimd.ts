import { Buffer } from 'node:buffer';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

/** The modules of packages/runtime/assembly, each with its compiler's flags. The plain products are for engines without relaxed SIMD. */
const modules = {
  relaxedProducts: { source: 'products.ts', flags: ['--enable', 'relaxed-simd'] },
  plainProducts: { source: 'products.ts', flags: [] },
  loops: { source: 'loops.ts', flags: ['--shrinkLevel', '1'] },
};

const target = fileURLToPath(new URL('../packages/runtime/src/tfjs/wasmKernels/simdBytes.ts', import.meta.url));

/**
 * Compiles the modules, for memory that is imported and holds none of their data. They are compiled for shared memory;
 * one bit of the import says so, which is cleared where memory is not shared.
 *
 * @returns the text of packages/runtime/src/tfjs/wasmKernels/simdBytes.ts.
 */
export async function compileSimd(): Promise<string> {
  const constants: string[] = [];
  for (const [name, { source, flags }] of Object.entries(modules)) {
    let base64 = '';
    const { error, stderr } = await asc.main(
      [
        fileURLToPath(new URL(`../packages/runtime/assembly/${source}`, import.meta.url)),
        ...['--baseDir', '/', '--outFile', 'out.wasm', '--optimizeLevel', '3', '--noAssert', '--runtime', 'stub'],
        ...['--importMemory', '--sharedMemory', '--initialMemory', '0', '--maximumMemory', '65536'],
        ...['--enable', 'threads', '--enable', 'simd', '--use', 'abort=', '--disableWarning', ...flags],
      ],
      {
        writeFile: (_file, contents) => {
          base64 = Buffer.from(contents as Uint8Array).toString('base64');
        },
      },
    );
    if (error) throw new Error(`${source}: ${stderr.toString()}`, { cause: error });
    constants.push(`export const ${name} =\n  '${base64}';\n`);
  }
  return `// Compiled from packages/runtime/assembly by \`pnpm simd\`.\n\n${constants.join('\n')}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(target, await compileSimd());
