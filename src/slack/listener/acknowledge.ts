import type { Message } from '../../render/blocks/block.ts';
import { messageArguments } from '../api/message-forms.ts';
import { type Log, mask } from '../slack-log.ts';

/**
 * Acknowledges, and goes on when that fails: the socket may have gone between question and acknowledgement, and the
 * question is written down by then.
 */
export async function acknowledge(ack: () => Promise<void>, log: Log): Promise<void> {
  try {
    await ack();
  } catch (error) {
    log.warn({ error: mask(String(error)) }, 'Slack did not hear the acknowledgement');
  }
}

/** An acknowledgement of a command that tells the person something, and nobody else. */
export function privately(message: Message) {
  return { response_type: 'ephemeral' as const, ...messageArguments(message) };
}
