/** Puts another method in the place of an object's own or inherited one. */
export type Replace = <T extends object, K extends keyof T>(owner: T, name: K, make: (old: T[K]) => T[K]) => void;

/** Methods replaced for a while, such as those by which tfjs talks to WebGPU; `restore` brings the old ones back. */
export function replaceMethods(): { replace: Replace; restore: () => void } {
  const undo: (() => void)[] = [];
  return {
    replace(owner, name, make) {
      const own = Object.getOwnPropertyDescriptor(owner, name);
      owner[name] = make((owner[name] as { bind(owner: object): never }).bind(owner));
      undo.push(() => {
        // An own property hides the method of the prototype.
        if (own === undefined) Reflect.deleteProperty(owner, name);
        else Object.defineProperty(owner, name, own);
      });
    },
    restore() {
      for (const step of undo.splice(0).reverse()) step();
    },
  };
}
