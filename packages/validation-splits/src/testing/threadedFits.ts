import { registerHooks } from 'node:module';
import { experiment } from './threadedExperiment.ts';

// Node itself runs this in a worker, from the sources, whose imports have no extension.
registerHooks({
  resolve: (specifier, context, next) =>
    next(/^\.{1,2}\/.*(?<!\.ts)$/.test(specifier) ? `${specifier}.ts` : specifier, context),
});
const { fitRunner } = await import('../evaluate');

export default fitRunner(experiment);
