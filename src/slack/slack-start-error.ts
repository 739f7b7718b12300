/** Slack could not be joined; the message says what to do. A file of its own, because the process looks at it before Slack's SDK is loaded. */
export class SlackStartError extends Error {
  override readonly name = 'SlackStartError';
}
