import type { LogSource } from './log-source.ts';

/** A source's place without its flow log: every file there is of it, whoever delivered it. */
export function wholePrefix(source: LogSource): LogSource {
  return { ...source, flowLog: undefined };
}
