import type { LogSource } from '../log-source.ts';

/** A source's place without its flow log, nor the name of one: every file there is of it, whoever delivered it. */
export function wholePrefix(source: LogSource): LogSource {
  return { ...source, name: 'all', flowLog: undefined };
}
