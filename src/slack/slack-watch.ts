/** A call to Slack, and how it ended. */
interface CallToSlack {
  /** `chat.postMessage`; `upload` and `response_url` for what goes to an address that Slack gave out. */
  readonly method: string;
  /** `ok`, Slack's own code, `http_…`, or `no_connection` when Slack could not be reached. */
  readonly code: string;
}

/** Takes what happens between the app and Slack, to be counted. */
export interface SlackWatch {
  /** Each try of a call. */
  calledSlack(call: CallToSlack): void;
  /** A delivery was acknowledged, so long after it came. */
  acknowledged(afterMs: number): void;
}

/** How deliveries of Slack reach the app at this moment. */
export interface SlackLink {
  readonly isConnected: boolean;
  /** Sockets that are open; undefined in http mode. */
  readonly sockets: number | undefined;
}
