export { coreLayers } from './coreLayers';
