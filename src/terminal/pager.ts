import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** The terminal that a text is shown on, and what shows texts that are longer than its screen. */
export interface PagerParts {
  /** As a shell takes it: `less -R`; empty for none. */
  readonly command: string;
  readonly rows: number;
  readonly print: (text: string) => void;
  readonly environment: NodeJS.ProcessEnv;
}

/** Leaves at once where all is in sight, shows colours, and leaves the text on the screen. */
const LESS = 'FRX';

/** The pager of a person: `$PAGER`, else less; none where it is set to nothing. */
export function pagerOf({ PAGER: pager = 'less -R' }: NodeJS.ProcessEnv): string {
  return pager.trim();
}

/** Shows a text in the pager where it is longer than the screen; where there is no pager it is printed. */
export async function showInPager(
  text: string,
  { command, rows, print, environment }: PagerParts,
): Promise<void> {
  const isLonger = text.split('\n').length > rows;
  if (!isLonger || command === '' || !(await isPaged(text, command, environment))) print(text);
}

/** A shell says by these that it found no such program, or could not start it. */
const NOT_STARTED: readonly unknown[] = [126, 127];

async function isPaged(text: string, command: string, environment: NodeJS.ProcessEnv): Promise<boolean> {
  const pager = spawn(command, {
    shell: true,
    stdio: ['pipe', 'inherit', 'inherit'],
    env: { LESS, ...environment },
  });
  // Who leaves the pager before the end has read enough.
  pager.stdin.on('error', () => undefined);
  pager.stdin.end(text);
  try {
    const [code] = await once(pager, 'close');
    return !NOT_STARTED.includes(code);
  } catch {
    return false;
  }
}
