import { expect, it } from 'vitest';
import { DEFAULT_PRICES, priced } from '../../../../src/core/answer/cost.ts';
import { EngineError } from '../../../../src/core/errors.ts';

const PRICES = { ...DEFAULT_PRICES, regions: { 'sa-east-1': 9 } };

it('tells what a stopped run costs where it ran', () => {
  const cause = new Error('why');
  const billed = { runId: 'x-1', scannedBytes: 1_000_000_000_000 };
  const error = new EngineError('cancelled', 'stopped', { cause, billed });
  expect(priced(error, 'eu-central-1', PRICES)).toMatchObject({
    code: 'cancelled',
    message: 'stopped',
    cause,
    billed: { ...billed, dollars: 5 },
  });
  expect(priced(error, 'sa-east-1', PRICES)).toMatchObject({ billed: { dollars: 9 } });
});

it('leaves errors alone that cost nothing', () => {
  const free = new EngineError('rejected', 'no SQL');
  const other = new TypeError('unforeseen');
  expect([priced(free, 'x', PRICES), priced(other, 'x', PRICES)]).toEqual([free, other]);
});
