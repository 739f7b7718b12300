import { expect, it } from 'vitest';
import { createLeases } from '../../src/app/jobs.ts';
import { LEASE_LASTS_MS, type Store } from '../../src/core/answer/store.ts';

const { signal } = new AbortController();

/** Leases over a store that can be away, on a clock of their own. */
function givenLeases() {
  const state = { nowMs: Date.parse('2026-03-05T12:00:00Z'), isAway: false };
  const renewLeases = async () => {
    if (state.isAway) throw new Error('the store is away');
  };
  const leases = createLeases({ store: { renewLeases } as unknown as Store }, () => new Date(state.nowMs));
  const renew = async () => leases.job.run(signal);
  return { state, leases, renew };
}

it('what leases say holds while they are renewed', async () => {
  const { state, leases, renew } = givenLeases();
  for (let passed = 0; passed < 10 * LEASE_LASTS_MS; passed += leases.job.everyMs) {
    expect(leases.areTelling()).toBe(true);
    state.nowMs += leases.job.everyMs;
    await renew();
  }
});

it('after a process stood still, others get the time of a lease before their questions are taken up', async () => {
  const { state, leases, renew } = givenLeases();
  state.nowMs += 32_000;
  expect(leases.areTelling()).toBe(false);
  await renew();
  expect(leases.areTelling()).toBe(false);
  for (let passed = 0; passed < LEASE_LASTS_MS; passed += leases.job.everyMs) {
    expect(leases.areTelling()).toBe(false);
    state.nowMs += leases.job.everyMs;
    await renew();
  }
  expect(leases.areTelling()).toBe(true);
});

it('after the store was away, others get the time of a lease too, and a short fault changes nothing', async () => {
  const { state, leases, renew } = givenLeases();
  state.isAway = true;
  state.nowMs += leases.job.everyMs;
  await expect(renew()).rejects.toThrow('away');
  expect(leases.areTelling()).toBe(true);
  state.isAway = false;
  state.nowMs += leases.job.everyMs;
  await renew();
  expect(leases.areTelling()).toBe(true);

  state.isAway = true;
  state.nowMs += 90_000;
  await expect(renew()).rejects.toThrow('away');
  state.isAway = false;
  await renew();
  expect(leases.areTelling()).toBe(false);
  state.nowMs += LEASE_LASTS_MS;
  await renew();
  expect(leases.areTelling()).toBe(false);
});

it('a clock that is put back keeps no question from being taken up', async () => {
  const { state, leases, renew } = givenLeases();
  state.nowMs -= 3_600_000;
  expect(leases.areTelling()).toBe(true);
  await renew();
  expect(leases.areTelling()).toBe(true);
});
