import type { Kind } from '../../core/line/argument.ts';
import { namedBy } from '../../core/line/plain-arguments.ts';

/** The id of a plan, as it stands under the plan. */
export function planId(): Kind<string> {
  return namedBy(/^op-[a-z0-9]{4,12}$/, { hint: 'plan', about: 'the id of a plan', example: 'op-7k2m9q4d' });
}
