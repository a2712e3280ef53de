import { complain } from '../check';

export function checkMargin(caller: string, margin: number): void {
  if (!(margin > 0 && margin < Infinity)) complain(caller, 'margin', 'a finite number > 0', String(margin));
}
