/** Slack did not take an answer to a `response_url`. */
export class ResponseUrlError extends Error {
  override readonly name = 'ResponseUrlError';
  readonly code: string;

  constructor(code: string, options?: ErrorOptions) {
    super(`Slack did not take the private answer: ${code}`, options);
    this.code = code;
  }
}
