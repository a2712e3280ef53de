export { visualization } from './visualization';
