import type { Stores } from '../../src/core/operation/stores.ts';
import { scanOf } from './scans.ts';
import { asked, at, finished } from './store-samples.ts';

const SITE = { account: '111111111111', region: 'eu-central-1' };
const PLAN = { headline: 'It’s a plan', sections: [{ lines: ['a'] }], steps: [], instead: [] };
const SPAN = { of: '10.0.1.5', name: 'db-1', interfaceId: 'eni-1', vpcId: 'vpc-1' };

/** Puts something of each kind into empty stores. */
export async function fillStores({ store, journal, endings, names, scans }: Stores): Promise<void> {
  for (const [index, id] of ['a', 'b', 'c'].entries()) await store.begin(asked(id, index));
  await store.finish('a', finished(5, { dollars: 0.1 }));
  await store.setAside('b', { dollars: 3, thread: '', limits: undefined, dayBegan: at(0), at: at(1) });
  await scans.keep('b', scanOf("it's.log.gz"));
  for (const id of ['op-1', 'op-2']) {
    const entry = { id, line: 'setup', person: 'U1', channel: 'C1', request: 'r0', plan: PLAN };
    await journal.plan({ ...entry, plannedAt: at(0) });
    await journal.claim(id, 'r1', 'U1', at(1));
    const facts = { flowLogId: 'fl-1', bucket: id };
    await journal.step(id, { index: 0, state: 'done', words: 'Bucket b is there', facts });
  }
  await journal.end('op-1', 'failed');
  await endings.note(
    { flowLogId: 'fl-1', ...SITE, resourceId: 'vpc-1', left: 's3://logs/a/', dueAt: at(0) },
    at(1),
  );
  await names.note(SITE, [SPAN, { ...SPAN, of: '10.0.1.6' }], at(0));
  await names.note(SITE, [{ ...SPAN, name: 'db-2' }], at(3));
}

/** All that `fillStores` has put there, and whatever else was asked, as the ports give it. */
export async function readStores({ store, journal, endings, names, scans }: Stores) {
  return {
    recent: await store.recent(1_000),
    inFlight: await store.inFlight(),
    spent: await store.spent({}),
    underWay: await store.underWay({}, at(9)),
    operations: [await journal.find('op-1'), await journal.find('op-2')],
    foundOut: (await journal.foundOut('flowLogId', 'fl-1'))?.id,
    endings: await endings.in('due'),
    names: await names.of(SITE, ['10.0.1.5', '10.0.1.6'], { from: at(0), to: at(59) }),
    scan: await scans.find('b'),
  };
}
