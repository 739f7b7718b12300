/** Slack did not take what was sent to an address that it had given: a `response_url`, a place for a file. */
export class SlackUrlError extends Error {
  override readonly name = 'SlackUrlError';
  /** Slack's own word, `http_…`, or `no_connection` when Slack could not be reached. */
  readonly code: string;

  constructor(code: string, options?: ErrorOptions) {
    super(`Slack did not take what was sent: ${code}`, options);
    this.code = code;
  }
}
