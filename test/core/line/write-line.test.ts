import { expect, it } from 'vitest';
import { exampleLine, usageLine, writeLine } from '../../../src/core/line/write-line.ts';
import type { CannedQuery } from '../../../src/core/query/query.ts';
import { CATALOG } from './a-catalog.ts';
import { asked } from './asked.ts';

function query(name: string): CannedQuery {
  const found = CATALOG.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`no query ${name}`);
  return found;
}

const TODAY = { kind: 'today' } as const;

it.each([
  ['to', 'to <address> [port=<port>] [proto=<protocol>] [action=<accept|reject>] [window]'],
  ['records', 'records [<address>] [<port>] [eni=<eni>] [direction=<ingress|egress>] [top=<n>] [window]'],
  ['top-talkers', 'top-talkers [top=<n>] [window]'],
])('the usage of %s is %s', (name, usage) => {
  expect(usageLine(query(name))).toBe(usage);
});

it.each([
  ['to', 'to 10.0.1.5 last 1h'],
  ['between', 'between 10.0.1.5 10.0.2.7 last 1h'],
  ['records', 'records last 1h'],
])('the example of %s is %s', (name, example) => {
  expect(exampleLine(query(name))).toBe(example);
});

it('the example of every query is canonical and parses', () => {
  for (const each of CATALOG) expect(asked(exampleLine(each)).line).toBe(exampleLine(each));
});

it('a bare argument is written by name when one before it is left out', () => {
  const args = { port: { from: 443, to: 443 }, top: 100 };
  expect(writeLine(query('records'), args, TODAY)).toBe('records port=443 today');
});

it.each([
  ['last', 'tagged "last" today'],
  ['help', 'tagged "help" today'],
  ['and', 'tagged "and" today'],
  ['note', 'tagged "note" today'],
  ['two words', 'tagged "two words" today'],
  ['say "hi"\\', 'tagged "say \\"hi\\"\\\\" today'],
  ['a=b', 'tagged "a=b" today'],
  ['-x', 'tagged "-x" today'],
  ['why?', 'tagged "why?" today'],
  ['', 'tagged "" today'],
])('quotes %j as a value', (first, line) => {
  expect(writeLine(query('tagged'), { first, note: 'none' }, TODAY)).toBe(line);
  expect(asked(line).args.first).toBe(first);
});
