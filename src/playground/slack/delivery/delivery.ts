/** What Slack tells an app: a command, an event, or something that a person pressed. */
export interface Envelope {
  readonly type: 'slash_commands' | 'events_api' | 'interactive';
  readonly payload: Readonly<Record<string, unknown>>;
  /** The app may put its answer into the acknowledgement. */
  readonly acceptsResponsePayload: boolean;
}

/** Which delivery of an event this is, when it is not the first. */
export interface Retry {
  readonly attempt: number;
  readonly reason: 'timeout' | 'http_error';
}

/** How the app took an envelope. */
export type Ack =
  | { readonly outcome: 'acked'; readonly payload: unknown }
  | { readonly outcome: 'timed_out' }
  /** Nobody is connected, or the request URL does not answer properly. */
  | { readonly outcome: 'unreachable' };

/** A way to the app: sockets, or a request URL. */
export interface Delivery {
  send(envelope: Envelope, retry?: Retry): Promise<Ack>;
}
