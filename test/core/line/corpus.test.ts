import { describe, expect, it } from 'vitest';
import { ENTRIES } from '../../support/given-sample.ts';
import { A_CONTEXT } from './a-catalog.ts';
import { asked, mistaken } from './asked.ts';
import { CORRECTED } from './corpus/corrected.ts';
import { REFUSED } from './corpus/refused.ts';
import { UNDERSTOOD } from './corpus/understood.ts';
import { inventedAddresses } from './invented-addresses.ts';

const CONTEXT = { ...A_CONTEXT, catalog: ENTRIES };

/** The window of a line; the last hour where it has none. */
const HAS_WINDOW = / (?:last|since|around|on|today|yesterday)\b/;

function whole(line: string): string {
  return HAS_WINDOW.test(line) ? line : `${line} last 1h`;
}

describe('what people say is understood', () => {
  it.each(UNDERSTOOD)('%s is %s', (typed, canonical) => {
    expect(asked(typed, CONTEXT).line).toBe(whole(canonical));
  });
});

describe('what people say is corrected', () => {
  it.each(CORRECTED)('%s to %s', (typed, line) => {
    const error = mistaken(typed, CONTEXT);
    expect(error.correctedLine).toBe(line);
    expect(inventedAddresses(typed, error)).toEqual([]);
  });
});

describe('what people say is refused with help for the task, and no word of it is dropped', () => {
  it.each(REFUSED)('%s', (typed = '', quoted, help, form) => {
    const error = mistaken(typed, CONTEXT);
    expect(error.correctedLine).toBe(help);
    const codes = [...error.message.matchAll(/`([^`]*)`/g)].map(([, code]) => code ?? '');
    expect(codes.filter((code) => code.includes(quoted ?? ''))).not.toEqual([]);
    if (form !== undefined) expect(error.message).toContain(`type \`${form}\``);
    expect(inventedAddresses(typed, error)).toEqual([]);
  });
});

it('the corpus holds three hundred phrases, none twice', () => {
  const all = [...UNDERSTOOD, ...CORRECTED, ...REFUSED].map(([typed]) => typed);
  expect(new Set(all).size).toBe(all.length);
  expect(all.length).toBeGreaterThanOrEqual(300);
});
