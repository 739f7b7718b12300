/** A flow log whose time is over. */
export interface Ending {
  readonly flowLogId: string;
  /** Where it is: only that account and region can say that it is gone. */
  readonly account: string;
  readonly region: string;
  /** The VPC, subnet or network interface that it recorded. */
  readonly resourceId: string;
  /** Where what it delivered stays: `s3://…/`, or a log group. */
  readonly left: string;
  /** When its time was over. */
  readonly dueAt: Date;
}

/** To be deleted; deleted; its notification begun; its notification ended, posted or not. The values are those of the store. */
type EndingState = 'due' | 'deleted' | 'notifying' | 'notified';

/** Remembers across restarts which flow logs flowlog deletes by itself, so that each is reported once. */
export interface Endings {
  /** Writes down that a flow log will be deleted, before it is; one that was written down before stays as it is. */
  note(ending: Ending, at: Date): Promise<void>;
  /** All in a state, the oldest first, with the instant since when. */
  in(state: EndingState): Promise<readonly (Ending & { readonly since: Date })[]>;
  /** Moves an ending from one state to another. Of two that move it at once one is too late: false. */
  move(flowLogId: string, from: EndingState, to: EndingState, at: Date): Promise<boolean>;
  /** Forgets those whose notification ended before an instant. Returns how many were forgotten. */
  sweep(before: Date): Promise<number>;
}
