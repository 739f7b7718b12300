import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/core/errors.ts';
import { ENTRIES } from '../../support/given-sample.ts';
import { A_CONTEXT } from './a-catalog.ts';
import { asked, mistaken, outcome } from './asked.ts';
import { inventedAddresses } from './invented-addresses.ts';

const CONTEXT = { ...A_CONTEXT, catalog: ENTRIES };

/** Words of sentences that say nothing by themselves, or whose meaning the canonical line writes otherwise. */
const GRAMMAR = [
  ...[
    'show',
    'me',
    'is',
    'can',
    'the',
    'what',
    'who',
    'traffic',
    'from',
    'to',
    'between',
    'and',
    'of',
    'with',
    'by',
  ],
  ...[
    'rejected',
    'allowed',
    'talking',
    'reach',
    'port',
    'top',
    'talkers',
    'records',
    'ports',
    'ssh',
    'tcp',
    'on',
    'in',
  ],
];
/** Words that must be in what is offered, or be quoted. */
const CONTENT = [
  ...[
    '10.0.11.41',
    '10.0.21.31',
    '10.7.0.0/16',
    '2001:db8::7',
    '443',
    '5',
    'foo',
    'db-1',
    'not',
    'without',
    'bytes',
  ],
  ...[
    '10.1.2.300',
    'eni-0a1b2c3d4e5f60718',
    'proto=udp',
    'top=7',
    'foo=bar',
    'src=10.0.11.41',
    'dst=10.0.21.31',
  ],
];

const sentence = fc
  .array(fc.constantFrom(...GRAMMAR, ...CONTENT), { minLength: 1, maxLength: 8 })
  .map((words) => words.join(' '));

describe('a sentence', () => {
  it('is never answered with an address that was not typed, nor with a word of it left out in silence', () => {
    fc.assert(
      fc.property(sentence, (typed) => {
        const result = outcome(typed, CONTEXT);
        if (!(result instanceof UserError)) return;
        expect(inventedAddresses(typed, result)).toEqual([]);
        const { message, correctedLine = '' } = result;
        expect(() => outcome(correctedLine, CONTEXT)).not.toThrow();
        expect(outcome(correctedLine, CONTEXT)).not.toBeInstanceOf(Error);
        if (correctedLine.startsWith('help')) return;
        const quoted = [...message.matchAll(/`([^`]*)`/g)].map(([, code]) => code).join(' ');
        const said = `${correctedLine} ${quoted}`;
        for (const word of typed.split(' ').filter((each) => CONTENT.includes(each)))
          expect(said).toContain(word.replace(/^(?:src|dst|top)=/, ''));
      }),
      { numRuns: 400 },
    );
  });

  it('is never understood with a word of it left out', () => {
    fc.assert(
      fc.property(sentence, (typed) => {
        const result = outcome(typed, CONTEXT);
        if (result instanceof UserError || !('line' in result)) return;
        for (const word of typed.split(' ').filter((each) => CONTENT.includes(each)))
          expect(result.line).toContain(word.replace(/^(?:src|dst|top)=/, ''));
      }),
      { numRuns: 400 },
    );
  });

  it('offers the line that it means, which is asked unchanged', () => {
    const { correctedLine = '' } = mistaken(
      'is 10.0.11.41 allowed to reach 10.0.21.31:5432 last 2h',
      CONTEXT,
    );
    expect(asked(correctedLine, CONTEXT).line).toBe('between 10.0.11.41 10.0.21.31 port=5432 last 2h');
  });

  it.each([
    ['two ports', 'ssh to 10.0.11.41 port 443'],
    ['two actions', 'accepted rejected traffic to 10.0.11.41'],
    ['three addresses', '10.0.11.41 10.0.21.31 10.0.31.1'],
    ['two destinations', 'show traffic to 10.0.11.41 to 10.0.21.31'],
    ['one of two addresses', 'traffic between 10.0.11.41'],
    ['an operation', 'teardown 10.0.11.41 to 10.0.21.31'],
    ['a word in quotes', 'show "rejected" traffic'],
  ])('that says %s has no line made of it', (_, typed) => {
    expect(mistaken(typed, CONTEXT).correctedLine).toMatch(/^help/);
  });
});
