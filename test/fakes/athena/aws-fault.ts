/** An error as Athena answers it. */
export class AwsFault extends Error {
  override readonly name = 'AwsFault';
  readonly type: string;
  readonly status: number;
  /** Members in addition to the message: `AthenaErrorCode`, `Reason`. */
  readonly members: Readonly<Record<string, string>>;

  constructor(type: string, message: string, status = 400, members: Readonly<Record<string, string>> = {}) {
    super(message);
    this.type = type;
    this.status = status;
    this.members = members;
  }
}

/** What Athena does not take. */
export function invalid(message: string, code = 'INVALID_INPUT'): AwsFault {
  return new AwsFault('InvalidRequestException', message, 400, { AthenaErrorCode: code });
}
