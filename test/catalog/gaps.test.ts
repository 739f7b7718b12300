import { expect, it } from 'vitest';
import { askFixture, cells, nextSteps } from '../support/ask-fixture.ts';

const at = (time: string) => new Date(`2026-11-22T${time}Z`);

it('the query `gaps` lists missing files, lost flows and silent interfaces', async () => {
  const answer = await askFixture('gaps');
  expect(cells(answer, 'what', 'records', 'first_seen', 'last_seen')).toEqual([
    ['no file', 0, at('10:25:00'), at('10:30:00')],
    ['SKIPDATA', 1, at('10:31:00'), at('10:31:55')],
    // Every five minutes from 10:00 to 10:35, but for 10:25.
    ['NODATA', 7, at('10:00:00'), at('10:35:55')],
  ]);
  expect(cells(answer, 'interface_id').flat().slice(1)).toEqual([
    'eni-0000000000000030a',
    'eni-0000000000000099a',
  ]);
  expect(answer.headline).toBe(
    'At least 1 slot range without a file, 1 interface has flows that AWS lost, 1 interface had intervals without traffic.',
  );
});

it('the query `gaps` leaves files out when it is asked about one interface', async () => {
  const answer = await askFixture('gaps eni=eni-0000000000000030a');
  expect(cells(answer, 'what', 'records')).toEqual([['SKIPDATA', 1]]);
  expect(answer.headline).toBe(
    'At least 1 interface has flows that AWS lost. (Only eni=eni-0000000000000030a.)',
  );
});

it('the query `gaps` says that there are none only where every file was there', async () => {
  const window = 'since 2026-11-22T10:06:00Z until 2026-11-22T10:09:00Z';
  expect((await askFixture('gaps', { window })).headline).toBe(
    'No missing data seen; the logs of the window are complete.',
  );
});

it('the query `gaps` does not say that no interface lost flows where no file was read', async () => {
  const answer = await askFixture('gaps', {
    window: 'since 2026-11-22T10:25:00Z until 2026-11-22T10:26:00Z',
  });
  expect(cells(answer, 'what').flat()).toContain('no file');
  expect(answer.headline).not.toMatch(/\b0 interfaces/);
});

it('the query `gaps` goes on with the course of time', async () => {
  expect(nextSteps(await askFixture('gaps'))).toEqual({
    'Over time': 'timeline',
    'Look further back': 'gaps',
  });
});
