import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { node } from './command.ts';
import { root } from './workspace.ts';

/** The software Vulkan that comes with Chromium and with Chrome: with it Node has WebGPU on a machine without a GPU. */
const softwareVulkans = ['/usr/lib/chromium/vk_swiftshader_icd.json', '/opt/google/chrome/vk_swiftshader_icd.json'];

/** How to get what may be absent, in one line each. */
export const howToGet = {
  adapter: 'no WebGPU adapter; apt-get install -y chromium libvulkan1 brings a software one (CONTRIBUTING.md)',
  chromium: 'no Chromium; apt-get install -y chromium, or name one in the variable CHROMIUM',
};

/**
 * The name of the adapter that Node's WebGPU finds, undefined without one. Where the machine itself offers none, the
 * software Vulkan of an installed Chromium is tried, and kept in the environment when it works.
 */
export async function findAdapter(): Promise<string | undefined> {
  const own = await probe({});
  if (own !== undefined || process.env.VK_ICD_FILENAMES) return own;
  const file = softwareVulkans.find(existsSync);
  if (file === undefined) return undefined;
  const env = { VK_ICD_FILENAMES: file, XDG_RUNTIME_DIR: process.env.XDG_RUNTIME_DIR ?? tmpdir() };
  const software = await probe(env);
  if (software !== undefined) Object.assign(process.env, env);
  return software;
}

/** Asks in a process of its own, since a Vulkan that is half there can take its process down. */
async function probe(env: Record<string, string>): Promise<string | undefined> {
  const webgpu = createRequire(join(root, 'packages/runtime/package.json')).resolve('webgpu');
  const program = `
    const { create } = await import(${JSON.stringify(pathToFileURL(webgpu).href)});
    const adapter = await create([]).requestAdapter();
    if (adapter) console.log('adapter: ' + (adapter.info.description || adapter.info.device || adapter.info.vendor));
    process.exit(adapter ? 0 : 1);`;
  const { ok, output } = await node(['--input-type=module', '--eval', program], { env, minutes: 1 });
  return ok ? (/^adapter: (.*)$/m.exec(output)?.[1] ?? '') : undefined;
}
