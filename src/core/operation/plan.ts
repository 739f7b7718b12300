import type { Cloud } from '../lake/cloud.ts';
import type { ReportSection } from './report.ts';

/** What can be written down and read back as it was. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

/**
 * One step of a plan, as plain data: what is confirmed is what is written down, and what is written down is what is
 * done, after a restart too.
 */
export interface PlannedStep {
  /** Which kind of step does it: `create-flow-log`. */
  readonly kind: string;
  readonly input: { readonly [key: string]: Plain };
  /** A description in one sentence. */
  readonly words: string;
  /** The exact calls: `ec2:CreateFlowLogs ResourceIds=[vpc-…] …`. */
  readonly calls: readonly string[];
  /** What it costs, in words: `free`, `about $0.25 a GB delivered`. */
  readonly cost: string;
  /** How it can be taken back: `undone by teardown`, `cannot be undone`. */
  readonly undo: string;
}

/** What an operation would do. Nothing is changed before a person with that right has confirmed it. */
export interface Plan {
  /** A summary in one sentence. */
  readonly headline: string;
  /** What must be known before confirming: differences, prices, what stays. */
  readonly sections: readonly ReportSection[];
  readonly steps: readonly PlannedStep[];
  /** A word that must be typed to confirm, where something is lost for good. */
  readonly typed?: string;
  /** Other lines that may be wanted instead. */
  readonly instead: readonly { readonly label: string; readonly line: string }[];
}

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
  showProgress(words: string): void;
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
