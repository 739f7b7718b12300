import type { Arg } from '../core/line/argument.ts';
import type { Entry } from '../core/line/entry.ts';
import type { HelpWanted } from '../core/line/understand.ts';
import { exampleLine, usageLine } from '../core/line/write-line.ts';
import { tasksOf } from './help-tasks.ts';
import { alignedLines, widthOf } from './plain-text.ts';
import { wrapText } from './wrap-text.ts';

/** Finds the help that a line asked for; its lines are at most `width` places long, where a width is given. */
export function helpFor(
  catalog: readonly Entry[],
  prompt: string,
  width: number | undefined = undefined,
): (wanted: HelpWanted) => string {
  return ({ help }) =>
    help === 'all' ? helpText(catalog, prompt, width) : entryHelpText(help, prompt, width);
}

const WINDOWS = [
  ['last 1h', 'the last hour, which is what is asked when no window is given; s, m, h, d, w'],
  ['since 14:05', 'until now; in your time zone, or 14:05Z, or 2026-11-22T14:05+09:00, or epoch seconds'],
  ['since 14:05 until 14:20', 'between two times'],
  ['around 14:05 30m', 'that long before and after'],
  ['today · yesterday · on 2026-11-22', 'whole days in your time zone'],
] as const;

/** Help for all that can be asked; `prompt` is what people type before a line: `/flowlog `. */
export function helpText(
  catalog: readonly Entry[],
  prompt: string,
  width: number | undefined = undefined,
): string {
  const tasks = tasksOf(catalog);
  const all = tasks.flatMap(({ entries }) => entries);
  const blocks = aligned(
    all.map((each) => [`${prompt}${shortUsage(each)}`, each.summary]),
    width,
  );
  return [
    ...tasks.flatMap(({ title, entries }) => [
      title,
      ...entries.map((entry) => blocks[all.indexOf(entry)] ?? ''),
      '',
    ]),
    'Window:',
    ...aligned(WINDOWS, width),
    '',
    `Help on one: ${prompt}help ${catalog[0]?.name ?? ''}`,
  ].join('\n');
}

/** Help for one entry: usage, what the numbers mean, every argument, an example. */
export function entryHelpText(entry: Entry, prompt: string, width: number | undefined = undefined): string {
  const wrapped = (text: string) => wrapText(text, Math.min(width ?? WIDTH, WIDTH));
  const own = Object.entries(entry.args).filter(([, { everywhere }]) => everywhere !== true);
  const args = own.map(([name, arg]) => [usageOf(name, arg), argAbout(arg)] as const);
  return [
    ...wrapped(`${entry.summary}.`),
    '',
    ...wrapped(`${prompt}${usageLine(entry)}`),
    '',
    ...aligned(args, width),
    '',
    ...wrapped(entry.about),
    '',
    ...everywhereIn(entry).flatMap(wrapped),
    `For example: ${prompt}${exampleLine(entry)}`,
  ].join('\n');
}

/** Arguments that every query takes share one sentence. */
function everywhereIn({ args }: Entry): readonly string[] {
  const names = Object.entries(args).filter(([, { everywhere }]) => everywhere === true);
  if (names.length === 0) return [];
  const options = names.map(([name, { hint }]) => `${name}=<${hint}>`).join(' ');
  return [
    `Like every question it takes ${options}: whose flow logs to read, what it may cost, whether addresses are shown with names, and whether text that is kept as Parquet is read or the files themselves.`,
    '',
  ];
}

/** Help is shown in a fixed width, where long lines do not wrap by themselves. */
const WIDTH = 90;

/** Options are left out: the help on one query lists them. */
function shortUsage({ name, args }: Entry): string {
  const bare = Object.values(args).filter(({ place }) => place === 'bare');
  return [name, ...bare.map(({ hint, required }) => (required ? `<${hint}>` : `[<${hint}>]`))].join(' ');
}

function usageOf(name: string, { hint, place }: Arg<unknown>): string {
  return place === 'bare' ? `<${hint}>` : `${name}=<${hint}>`;
}

/** An argument that is one of a few words names them in `about`, and needs no example. */
function argAbout({ about, example, required, choices }: Arg<unknown>): string {
  const asides = [required && 'required', choices === undefined && `for example ${example}`];
  const details = asides.filter((aside) => aside !== false).join('; ');
  return details === '' ? about : `${about} (${details})`;
}

/** A text for each row, in two columns; where one is too long for the width, each with its second cell below the first. */
function aligned(rows: readonly (readonly [string, string])[], width: number | undefined): readonly string[] {
  const lines = alignedLines(rows).map((line) => `  ${line}`);
  if (width === undefined || lines.every((line) => widthOf(line) <= width)) return lines;
  return rows.map(([first, second]) =>
    [`  ${first}`, ...wrapText(`      ${second}`, width, '      ')].join('\n'),
  );
}
