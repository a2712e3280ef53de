export { auc } from './ranking/auc';
