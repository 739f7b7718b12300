import type { Arg } from '../../core/args/arg.ts';
import { exampleLine } from '../../core/language/example-line.ts';
import { usageLine } from '../../core/language/usage-line.ts';
import type { CannedQuery } from '../../core/query.ts';
import type { HelpWanted } from '../../core/question.ts';

const WINDOWS = [
  ['last 1h', 'the last hour, which is what is asked when no window is given; s, m, h, d, w'],
  ['since 14:05', 'until now; in your time zone, or 14:05Z, or 2026-11-22T14:05+09:00, or epoch seconds'],
  ['since 14:05 until 14:20', 'between two times'],
  ['around 14:05 30m', 'that long before and after'],
  ['today · yesterday · on 2026-11-22', 'whole days in your time zone'],
] as const;

/** Help for all that can be asked; `prompt` is what stands before a line: `/flowlog `. */
export function helpText(catalog: readonly CannedQuery[], prompt: string): string {
  const usages = catalog.map((query) => [shortUsage(query), query.summary] as const);
  return [
    'Ask:',
    ...aligned(usages, prompt),
    '',
    'Window:',
    ...aligned(WINDOWS, ''),
    '',
    `Help on one: ${prompt}help ${catalog[0]?.name ?? ''}`,
  ].join('\n');
}

/** Help for one query: usage, what the numbers mean, every argument, an example. */
export function queryHelpText(query: CannedQuery, prompt: string): string {
  const args = Object.entries(query.args).map(([name, arg]) => [argName(name, arg), argAbout(arg)] as const);
  return [
    `${query.summary}.`,
    '',
    ...wrapped(`${prompt}${usageLine(query)}`),
    '',
    ...aligned(args, ''),
    '',
    ...wrapped(query.about),
    '',
    `For example: ${prompt}${exampleLine(query)}`,
  ].join('\n');
}

/** Help stands in a fixed width, where long lines do not wrap by themselves. */
const WIDTH = 90;

function wrapped(text: string): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= WIDTH)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** The options are told by the help on one query. */
function shortUsage({ name, args }: CannedQuery): string {
  const bare = Object.values(args).filter(({ place }) => place === 'bare');
  return [name, ...bare.map(({ hint, required }) => (required ? `<${hint}>` : `[<${hint}>]`))].join(' ');
}

function argName(name: string, { hint, place }: Arg<unknown>): string {
  return place === 'bare' ? `<${hint}>` : `${name}=<${hint}>`;
}

function argAbout({ about, example, required, choices }: Arg<unknown>): string {
  const which = choices === undefined ? `for example ${example}` : choices.join(', ');
  return `${about} (${required ? 'required; ' : ''}${which})`;
}

function aligned(rows: readonly (readonly [string, string])[], prompt: string): readonly string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${prompt}${left.padEnd(width)}  ${right}`);
}

/** Finds the help that a line asked for. */
export function helpFor(catalog: readonly CannedQuery[], prompt: string): (wanted: HelpWanted) => string {
  return ({ help }) => (help === 'all' ? helpText(catalog, prompt) : queryHelpText(help, prompt));
}
