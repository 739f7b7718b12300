import { printable } from '../render/plain-text.ts';

/**
 * A debug line as people read it: the area, what happened and its facts on the first line; lists and longer texts below,
 * indented. Names of files come from others, so control characters are taken out.
 */
export function debugText(area: string, fields: Readonly<Record<string, unknown>>, message: string): string {
  const known = Object.entries(fields).filter(([, value]) => value !== undefined && value !== '');
  const below = known.filter(([, value]) => isLong(value)).flatMap(([, value]) => linesOf(value));
  const facts = known.filter(([, value]) => !isLong(value)).map(([name, value]) => fact(name, value));
  const first = [`${area}: ${message}`, ...facts].join(' · ');
  return [first, ...below.map((line) => `    ${line}`)].map((line) => `${printable(line)}\n`).join('');
}

function isLong(value: unknown): boolean {
  return Array.isArray(value) || (typeof value === 'string' && value.includes('\n'));
}

function linesOf(value: unknown): readonly string[] {
  return Array.isArray(value)
    ? value.map((each) => String(each).replaceAll('\n', ' '))
    : String(value).split('\n');
}

function fact(name: string, value: unknown): string {
  return name === 'elapsedMs' ? `${value} ms` : `${name} ${value}`;
}
