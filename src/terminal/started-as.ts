import { basename, relative } from 'node:path';

/** How a process was started. */
interface Start {
  /** The file that Node.js runs, as it was named. */
  readonly script: string;
  readonly folder: string;
  /** Set by npm for what `npx` and `npm exec` run. */
  readonly npmCommand: string | undefined;
  /** Settings given as options, by the variable that each sets. */
  readonly settings: Readonly<Record<string, string>>;
}

/** What is typed before a line to have it answered as this one is: `npx flowlog `, `node dist/cli.js --lake logs `. */
export function startedAs({ script, folder, npmCommand, settings }: Start): string {
  const { FLOWLOG_LAKE: lake, FLOWLOG_TZ: zone } = settings;
  const options = [
    ...(lake === undefined ? [] : ['--lake', quotedForShell(lake)]),
    ...(zone === undefined ? [] : ['--tz', quotedForShell(zone)]),
  ];
  return [...programOf(script, folder, npmCommand), ...options, ''].join(' ');
}

function programOf(script: string, folder: string, npmCommand: string | undefined): readonly string[] {
  if (npmCommand === 'exec') return ['npx', 'flowlog'];
  if (basename(script) === 'flowlog') return ['flowlog'];
  return ['node', quotedForShell(relative(folder, script) || script)];
}

/** What no shell reads as anything but itself. */
const PLAIN = /^[\w./:=,@%+ -]+$/;

/** A word, or a line of plain words, as a shell takes it; in single quotes where it holds anything that a shell reads. */
export function quotedForShell(text: string): string {
  return PLAIN.test(text) && text === text.trim() ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
