/** Loads an optional peer, or says which one is missing. */
export async function importPeer<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    throw new Error(`the package "${name}" cannot be loaded (npm install ${name}): ${why}`, { cause });
  }
}
