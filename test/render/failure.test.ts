import { describe, expect, it } from 'vitest';
import {
  type Billed,
  EngineError,
  type EngineErrorCode,
  StoreError,
  UserError,
} from '../../src/core/errors.ts';
import { failureWords } from '../../src/render/failure.ts';

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
  'lost-result',
  'broken',
])('says what to do when the engine says %s', (code) => {
  const { problem, next } = failureWords(new EngineError(code, 'the detail'), 'r1');
  expect(problem).toMatch(/^[A-Z].*\.$/);
  expect(next).toMatch(/^[A-Z].*\.$/);
});

it('says what is wrong with the store, and what to do', () => {
  const error = new StoreError('full', 'The disk is full.', 'Make room on it.');
  expect(failureWords(error, 'r1')).toEqual({ problem: 'The disk is full.', next: 'Make room on it.' });
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

  it('says what Logs Insights bills, and that it goes on', () => {
    const by = 'Logs Insights';
    expect(charged({ runId: 'q-1', by, scannedBytes: 12_400_000 })).toMatch(
      /Logs Insights bills the 12\.4 MB/,
    );
    expect(charged({ runId: 'q-1', by, scannedBytes: 0, goesOn: true })).toContain(
      'Logs Insights goes on with q-1',
    );
  });

  it('says nothing of money when nothing was read', () => {
    expect(charged({ runId: 'x-1', scannedBytes: 0 })).not.toContain('bills');
  });

  it('says when a run could not be stopped', () => {
    expect(charged({ runId: 'x-1', scannedBytes: 0, goesOn: true })).toMatch(
      /goes on with x-1, and bills all/,
    );
  });
});

it('gives an unexpected error a reference, and shows its message to no one', () => {
  const words = failureWords(new Error('password=hunter2'), 'r-17');
  expect(words.next).toContain('r-17');
  expect(JSON.stringify(words)).not.toContain('hunter2');
});
