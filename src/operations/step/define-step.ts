import type { z } from 'zod';
import type { Plain, PlannedStep, StepContext, StepDone, StepKind } from '../../core/operation/plan.ts';

/** A kind of step with its input: what plans write and what doing it reads. */
export interface Step<I> extends StepKind {
  /** A step of this kind for a plan. */
  planned(input: I & { readonly [key: string]: Plain }, words: StepWords): PlannedStep;
}

/** What people are told of a step before it is done. */
export type StepWords = Pick<PlannedStep, 'words' | 'calls' | 'cost' | 'undo'>;

/** Declares a kind of step; its input was written down as JSON and is checked when it is read back. */
export function defineStep<I>(
  name: string,
  schema: z.ZodType<I>,
  work: (input: I, context: StepContext) => Promise<StepDone>,
): Step<I> {
  return {
    name,
    do: (input, context) => work(schema.parse(input), context),
    planned: (input, words) => ({ kind: name, input, ...words }),
  };
}
