import { fileURLToPath } from 'node:url';

/** Where real data lie: beside the project, or where TENON_DATA says. */
export const dataFolder = process.env.TENON_DATA ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));
