import { redact } from '../../core/redact.ts';
import type { Log } from '../slack-log.ts';

/**
 * Acknowledges, and goes on when that fails: the socket may have closed meanwhile, and the request is recorded by then.
 */
export async function acknowledge(ack: () => Promise<void>, log: Log): Promise<void> {
  try {
    await ack();
  } catch (error) {
    log.warn(
      { error: redact(String(error)) },
      'could not acknowledge a request to Slack; it is answered all the same',
    );
  }
}
