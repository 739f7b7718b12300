import { expect, it } from 'vitest';
import { givenSample, linesOf, SUBNET } from '../support/given-sample.ts';

it('`cancel` cancels a plan; nothing was and will be changed', async () => {
  const given = await givenSample();
  const before = await given.state();
  const { id } = await given.planned(`setup ${SUBNET}`);
  const report = await given.say(`cancel ${id}`, { person: 'U2' });
  expect(report.headline).toBe('Cancelled; nothing was changed');
  expect(linesOf(report).every((line) => line.startsWith('○'))).toBe(true);
  expect(report.plan?.report).toMatchObject({ next: [], people: ['U2'] });
  expect(report.plan?.report.sections.at(-1)?.lines).toEqual([
    'Cancelled by U2, 24 Nov 2026 09:30:20 UTC. Nothing was changed.',
  ]);
  expect((await given.store.journal.find(id))?.state).toBe('cancelled');
  expect(await given.state()).toEqual(before);
});

it('`cancel` refuses a plan that is done, cancelled or partly carried out, and says what can be done', async () => {
  const given = await givenSample();
  const { id } = await given.planned(`setup ${SUBNET}`);
  await given.say(`confirm ${id}`);
  expect(await given.refused(`cancel ${id}`)).toEqual({
    problem: `\`${id}\` was done already.`,
    next: 'Plan again if it is still wanted.',
  });
  const another = await given.planned(`setup ${SUBNET}`);
  await given.say(`cancel ${another.id}`);
  expect((await given.refused(`cancel ${another.id}`)).problem).toBe(`\`${another.id}\` was cancelled.`);
  const stopped = await given.planned(`setup ${SUBNET}`);
  const signal = AbortSignal.abort(new Error('stopped'));
  await given.say(`confirm ${stopped.id}`, { signal });
  expect(await given.refused(`cancel ${stopped.id}`)).toEqual({
    problem: `\`${stopped.id}\` has failed.`,
    next: `Type \`confirm ${stopped.id}\` to go on where it stopped.`,
  });
});

it('`cancel` refuses an unknown plan', async () => {
  const given = await givenSample();
  expect((await given.refused('cancel op-nothing0')).problem).toBe('There is no plan `op-nothing0`.');
});
