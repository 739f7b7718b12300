import { expect, it } from 'vitest';
import { askFixture, cells } from '../support/ask-fixture.ts';

it('`why` says who rejected whom since when, and that it answered before', async () => {
  const answer = await askFixture('why 10.0.1.10 10.0.2.20:5432');
  expect(answer.headline).toMatch(
    /^10\.0\.2\.20 has rejected 10\.0\.1\.10 on 5432 postgres since 10:20:05 UTC; it answered until 10:15:55 UTC\. But some five-minute slots have no file\.$/,
  );
  expect(answer.finding).toMatchObject({ state: 'rejected', certainty: 'likely' });
  expect(new Set(cells(answer, 'state').flat())).toEqual(new Set(['rejected', 'answered']));
});

it('`why` does not claim that a rejection began in the window when it was there from the first minute on', async () => {
  const window = 'since 2026-11-22T10:20Z until 2026-11-22T10:34Z';
  const { headline } = await askFixture('why 10.0.1.10 10.0.2.20', { window });
  expect(headline).toContain('has rejected 10.0.1.10 on 5432 postgres since before 10:20 UTC');
});

it('`why` says from when to when it was so, where nothing more came until the end of the window', async () => {
  const window = 'since 2026-11-22T10:20Z until 2026-11-22T10:40Z';
  const { headline } = await askFixture('why 10.0.1.10 10.0.2.20', { window });
  expect(headline).toContain(
    '10.0.2.20 rejected 10.0.1.10 on 5432 postgres, from 10:20:05 UTC to 10:33 UTC.',
  );
});

it('`why` takes the client for the client, whichever address comes first', async () => {
  const one = await askFixture('why 10.0.2.20:5432 10.0.1.10');
  expect(one.headline).toBe((await askFixture('why 10.0.1.10 10.0.2.20:5432')).headline);
});

it('`why` refuses a block of addresses in a sentence', async () => {
  await expect(askFixture('why 10.0.0.0/8 10.0.2.20')).rejects.toThrow(
    '`10.0.0.0/8` is a block of addresses, and this is about one address',
  );
});
