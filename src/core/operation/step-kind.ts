import type { Cloud } from '../ports/cloud/cloud.ts';

/** What earlier steps found out, by name: the id of the flow log that was created. */
export type Facts = Readonly<Record<string, string>>;

/** What a step is given. */
export interface StepContext {
  readonly cloud: Cloud;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  /** The same for every attempt at this step of this operation, so that a call that is repeated happens once. */
  readonly token: string;
  readonly facts: Facts;
  /** Says how far the step is, while it takes its time. */
  tell(words: string): void;
  /** Waits. @throws the signal's reason when it is aborted. */
  pause(milliseconds: number): Promise<void>;
}

/** What a step came to. */
export interface StepDone {
  /** What was done, in one sentence. */
  readonly words: string;
  readonly facts?: Facts;
}

/**
 * How one kind of step is done. Doing it again after it was cut off must come to the same: what is there already is
 * left, what is gone already is not missed.
 */
export interface StepKind {
  readonly name: string;
  /** @throws UserError or CloudError; the step is marked as failed and can be resumed. */
  do(input: unknown, context: StepContext): Promise<StepDone>;
}
