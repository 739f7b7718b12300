import { basename, relative } from 'node:path';
import { quotedForShell } from '../render/wrap-text.ts';

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
  // The sources are not what Node.js runs by itself.
  const program = script.endsWith('.ts') ? ['npx', 'tsx'] : ['node'];
  return [...program, quotedForShell(relative(folder, script) || script)];
}
