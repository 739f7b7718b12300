/** A refusal in Slack's words; `details` go beside `error` in the answer. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly error: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(error: string, details: Readonly<Record<string, unknown>> = {}) {
    super(error);
    this.error = error;
    this.details = details;
  }
}
