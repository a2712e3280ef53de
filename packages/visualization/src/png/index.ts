export { toPng } from './toPng';
