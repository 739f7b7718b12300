import { format } from 'node:util';
import { type Logger, LogLevel } from '@slack/bolt';
import type { Log } from '../log.ts';
import { mask } from './mask.ts';

/**
 * The logger of Bolt and its SDK. Their debug lines are dropped: they hold whole payloads with tokens, triggers and
 * answer addresses in them.
 */
export function createBoltLogger(log: Log): Logger {
  const detail = (parts: readonly unknown[]) => ({ detail: mask(format(...parts)) });
  return {
    debug() {},
    info: (...parts) => log.info(detail(parts), 'the Slack SDK reports'),
    warn: (...parts) => log.warn(detail(parts), 'the Slack SDK warns'),
    error: (...parts) => log.error(detail(parts), 'the Slack SDK failed'),
    setLevel() {},
    getLevel: () => LogLevel.INFO,
    setName() {},
  };
}
