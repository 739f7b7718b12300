import { setTimeout } from 'node:timers/promises';
import { openStores } from '../../src/store/open-stores.ts';
import { asked } from '../contract/store-samples.ts';

/**
 * Another process of the program: takes the questions of its arguments, in order, prints each id as soon as the store
 * has answered, with whether it was first, and then stays until it is killed.
 */
const [place = '', ...ids] = process.argv.slice(2);
const isUrl = place.startsWith('postgres:');
const { store } = await openStores(isUrl ? { databaseUrl: place } : { path: place }, {
  owner: String(process.pid),
});
for (const id of ids) {
  const begun = await store.begin(asked(id));
  process.stdout.write(`${begun === 'begun' ? 'took' : 'left'} ${id}\n`);
}
process.stdout.write('done\n');
await setTimeout(600_000);
