/** One Web API call that the desk answered. */
export interface RecordedCall {
  readonly method: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** `ok`, Slack's name of the error, or the fault it met. */
  readonly result: string;
  readonly at: Date;
}
