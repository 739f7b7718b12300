import type { ArgSpec, ArgsOf } from '../args/arg.ts';
import type { Entry } from '../entry.ts';
import type { OperationContext } from './operation-context.ts';
import type { Plan } from './plan.ts';
import type { Report } from './report.ts';

/**
 * An entry that looks after flow logs instead of asking them: it reports, or it plans a change. A plan changes
 * nothing: core writes it down, shows it with a button, and carries it out once somebody who may has confirmed it.
 */
export interface Operation<S extends ArgSpec = ArgSpec> extends Entry<S> {
  readonly kind: 'operation';
  /** Set on what carries out a change, which not everybody may. */
  readonly changes?: true;
  act(args: ArgsOf<S>, context: OperationContext): Promise<Report | Plan>;
}

/** Declares an operation with its argument types inferred. */
export function defineOperation<const S extends ArgSpec>(
  operation: Omit<Operation<S>, 'kind' | 'windowed'> & Partial<Pick<Operation<S>, 'windowed'>>,
): Operation<S> {
  return { kind: 'operation', windowed: 'never', ...operation };
}

/** Whether an entry is an operation. */
export function isOperation(entry: Entry): entry is Operation {
  return 'act' in entry;
}

/** Whether what an operation came to is a plan. */
export function isPlan(outcome: Report | Plan): outcome is Plan {
  return 'steps' in outcome;
}
