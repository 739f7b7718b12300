import { describe, expect, it } from 'vitest';
import { type Billed, EngineError, type EngineErrorCode, UserError } from '../../src/core/errors.ts';
import { escapeMarkup } from '../../src/render/words/escape-markup.ts';
import { failureWords } from '../../src/render/words/failure.ts';
import { messageText } from '../../src/render/words/message-text.ts';
import { cut, printable } from '../../src/render/words/printable.ts';
import { receiptOf } from '../../src/render/words/receipt.ts';
import { showDollars } from '../../src/render/words/show-dollars.ts';
import { showElapsed } from '../../src/render/words/show-elapsed.ts';
import { askFixture } from '../support/ask-fixture.ts';

it.each([
  [0, '$0'],
  [0.000_05, '$0.00005'],
  [0.000_055, '$0.00006'],
  [0.001, '$0.001'],
  [0.01, '$0.01'],
  [5, '$5.00'],
  [1_234.567, '$1234.57'],
  // Less than can be written is not nothing, and not "$0.".
  [0.000_001, 'less than $0.00001'],
])('shows %d dollars as %s', (dollars, shown) => {
  expect(showDollars(dollars)).toBe(shown);
});

it.each([
  [0, '1 ms'],
  [80.4, '80 ms'],
  [99.9, '100 ms'],
  [100, '0.1 s'],
  [59_940, '59.9 s'],
  // Never "60.0 s", never "1 min 60 s".
  [59_960, '1 min 0 s'],
  [65_000, '1 min 5 s'],
  [119_700, '2 min 0 s'],
])('shows %d ms as %s', (elapsedMs, shown) => {
  expect(showElapsed(elapsedMs)).toBe(shown);
});

it('puts rows, time, scan and price in the receipt', async () => {
  const answer = await askFixture('records 192.0.2.66');
  const run = { ...answer.run, scannedBytes: 12_400_000, elapsedMs: 830 };
  const cost = { dollars: 0, athenaDollars: 0.000_062 };
  expect(receiptOf({ ...answer, run, cost })).toBe(
    '5 rows · 0.8 s · scanned 12.4 MB · duckdb, free · the same scan on Athena: about $0.00006',
  );
  expect(
    receiptOf({
      ...answer,
      engine: 'athena',
      billed: true,
      run,
      cost: { dollars: 1.5, athenaDollars: 1.5 },
      truncated: true,
    }),
  ).toBe('first 5 rows · 0.8 s · scanned 12.4 MB · athena, about $1.50');
  const reused = {
    ...answer,
    rowCount: 1,
    engine: 'athena' as const,
    billed: true,
    run: { ...run, reused: true },
    cost: { dollars: 0, athenaDollars: 0 },
  };
  expect(receiptOf(reused)).toBe('1 row · 0.8 s · an earlier result, nothing scanned · athena, about $0');
});

it('takes out of text what hides or turns other text', () => {
  expect(printable('a\u202eb\u200b\u0007c\u2066\ufeffd')).toBe('abcd');
  const formatting = Array.from({ length: 0x11_00_00 }, (_, code) => String.fromCodePoint(code)).filter(
    (sign) => /\p{Cf}/u.test(sign),
  );
  expect(formatting.length).toBeGreaterThan(150);
  expect(printable(`a${formatting.join('')}b`)).toBe('ab');
  expect(printable('ab\u00ad\u061c\u{e0041}\ud800c')).toBe('abc');
  expect(printable('line\nbreak\tand 🔥 日本 é')).toBe('line\nbreak\tand 🔥 日本 é');
});

it('cuts to a length that every count agrees on, and never through a character', () => {
  expect(cut('abc', 3)).toBe('abc');
  expect(cut('abcd', 3)).toBe('ab…');
  expect(cut('🔥🔥🔥', 4)).toBe('🔥…');
  expect(cut('x🔥🔥', 4)).toBe('x🔥…');
});

it('makes foreign text literal where Slack reads markup', () => {
  expect(escapeMarkup('<!channel> & <@U1> &lt;')).toBe('&lt;!channel&gt; &amp; &lt;@U1&gt; &amp;lt;');
  const long = messageText(`${'x'.repeat(3_996)}<<<<`);
  expect(long).toBe(`${'x'.repeat(3_996)}…`);
  expect(messageText('&'.repeat(5_000)).length).toBeLessThanOrEqual(4_000);
  expect(messageText('&'.repeat(5_000))).toMatch(/^(&amp;)+…$/);
});

it('passes on what a person did wrong, and what to type instead', () => {
  expect(failureWords(new UserError('`x` is no address.', { correctedLine: 'to 10.0.0.1' }), 'r1')).toEqual({
    problem: '`x` is no address.',
    next: '',
    correctedLine: 'to 10.0.0.1',
  });
});

it.each<EngineErrorCode>([
  'rejected',
  'cancelled',
  'timed-out',
  'over-limit',
  'throttled',
  'denied',
  'expired',
  'not-set-up',
  'missing-table',
  'wrong-region',
  'exhausted',
  'unreadable',
  'broken',
])('says what to do when the engine says %s', (code) => {
  const { problem, next } = failureWords(new EngineError(code, 'the detail'), 'r1');
  expect(problem).toMatch(/^[A-Z].*\.$/);
  expect(next).toMatch(/^[A-Z].*\.$/);
});

describe('a failure that costs money', () => {
  const charged = (billed: Billed) =>
    failureWords(new EngineError('over-limit', 'Bytes scanned limit was exceeded', { billed }), 'r1').problem;

  it('says what Athena bills', () => {
    expect(charged({ runId: 'x-1', scannedBytes: 12_400_000, dollars: 0.00006 })).toBe(
      'The question read more than the workgroup allows one query, and was stopped (Bytes scanned limit was exceeded). Athena bills the 12.4 MB that were read until then, about $0.00006.',
    );
    expect(charged({ runId: 'x-1', scannedBytes: 12_400_000 })).toMatch(/read until then\.$/);
  });

  it('says nothing of money when nothing was read', () => {
    expect(charged({ runId: 'x-1', scannedBytes: 0 })).not.toContain('bills');
  });

  it('says when a run goes on that nobody waits for', () => {
    expect(charged({ runId: 'x-1', scannedBytes: 0, goesOn: true })).toMatch(
      /goes on with x-1, and bills all/,
    );
  });
});

it('gives what nobody foresaw a reference, and keeps its words to the log', () => {
  const words = failureWords(new Error('password=hunter2'), 'r-17');
  expect(words.next).toContain('r-17');
  expect(JSON.stringify(words)).not.toContain('hunter2');
});
