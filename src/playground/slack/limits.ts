import { LIMITS } from '../../render/limits.ts';

/**
 * The app's own limits, and those that only the playground checks.
 *
 * @see https://docs.slack.dev/reference/block-kit
 */
export const PLAYGROUND_LIMITS = {
  ...LIMITS,
  viewStack: 3,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  accessibilityLabel: 75,
  sockets: 10,

  connections: 500,

  /** What one request may send: the largest message of Slack, of characters that a form writes in twelve. */
  bodyBytes: 4_000_000,
  /** A CSV of a hundred thousand rows is some 15 MB. */
  uploadBytes: 64_000_000,
  /** How much is buffered for a page that does not read. */
  unreadBytes: 16_000_000,

  /** How much is kept in memory before the oldest is dropped. */
  rememberedMessages: 5_000,
  rememberedFiles: 500,
  rememberedFileBytes: 256_000_000,
  rememberedCalls: 1_000,
  rememberedAddresses: 1_000,
  waitingTickets: 50,

  /**
   * When an event that was not acknowledged comes again, counted from the failure before.
   * @see https://docs.slack.dev/apis/events-api
   */
  eventRetryMs: [0, 60_000, 300_000],
} as const;
