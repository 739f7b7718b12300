import { type Logger, pino } from 'pino';
import { redact } from '../core/redact.ts';
import { type DebugFor, debugFor } from './debug.ts';

/** Where log lines go: one JSON object each. */
export interface LogOptions {
  readonly level: string;
  /** A file, or standard error when left out: standard output belongs to answers. */
  readonly file?: string;
}

/** Opens the log. Secrets are masked in every line, whoever wrote them. */
export function openLog({ level, file }: LogOptions): Logger {
  const target =
    file === undefined
      ? pino.destination({ dest: 2, sync: true })
      : pino.destination({ dest: file, mkdir: true, sync: true, mode: 0o600 });
  const masked = { write: (line: string) => target.write(redact(line)) };
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, masked);
}

/** Debug lines that go to the log at level `debug`, whatever its own level is, with their area. */
export function debugToLog(listed: readonly string[], log: () => Logger): DebugFor {
  return debugFor(listed, (area, fields, message) =>
    log().child({ area }, { level: 'debug' }).debug(fields, message),
  );
}
