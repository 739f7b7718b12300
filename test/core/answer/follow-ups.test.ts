import { expect, it } from 'vitest';
import { askFixture, storyLake } from '../../support/ask-fixture.ts';

it('offers the same question six times further back', async () => {
  const { followUps } = await askFixture('to 10.0.1.10');
  expect(followUps.at(-1)).toEqual({
    label: 'Look further back',
    line: 'to 10.0.1.10 since 2026-11-22T06:40Z until 2026-11-22T10:40Z',
  });
});

it('offers no wider window than may be asked for', async () => {
  const week = await askFixture('to 10.0.1.10', {
    window: 'since 2026-11-15T11:00Z until 2026-11-22T11:00Z',
  });
  expect(week.followUps.map(({ label }) => label)).not.toContain('Look further back');
  const days = await askFixture('to 10.0.1.10', { window: 'last 3d' });
  expect(days.followUps.at(-1)?.line).toBe('to 10.0.1.10 since 2026-11-15T11:00Z until 2026-11-22T11:00Z');
});

it('leads to where the logs are from a window without files', async () => {
  const answer = await askFixture('to 10.0.1.10', { window: 'on 2026-11-20' });
  expect(answer.followUps).toHaveLength(1);
  expect(answer.followUps[0]?.label).toBe('Where the logs are');
  const there = await (await storyLake()).ask(answer.followUps[0]?.line ?? '');
  expect(there.rows.length).toBeGreaterThan(0);
});

it('shows no more than five', async () => {
  expect((await askFixture('to 10.0.1.10')).followUps.length).toBeLessThanOrEqual(5);
});

it('stays where the question was asked, and does not spend again what that one was allowed', async () => {
  const { followUps } = await askFixture('to 10.0.1.10 region=eu-central-1 spend=2');
  expect(followUps.length).toBeGreaterThan(1);
  for (const { line } of followUps.slice(0, -1)) {
    expect(line).toContain(' region=eu-central-1 ');
    expect(line).not.toContain('spend=');
  }
});
