import { showInteger } from '../../core/wording.ts';

/** `1 partition`, `1,240 partitions`. */
export function amountOf(count: number, noun: string): string {
  return `${showInteger(count)} ${noun}${count === 1 ? '' : 's'}`;
}
