import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Catalog, StoredObject } from '../../fakes/athena/select/stored-files.ts';
import { flow, type PlainRecord } from '../../support/flow.ts';
import { writeLake } from '../../support/write-lake.ts';
import { ASKED_ADDRESS, ASKED_INTERFACE, SOURCE, TABLE } from './flow-log.ts';

const SLOT_SECONDS = 300;

/** At first as much is there as the window of a question reaches back, and a slot more. */
const FIRST_SLOTS = 4;

/** More clients than an answer has rows, so that it offers them as a file. */
const CLIENTS = 120;

/** More questions of many rows than are asked within a slot. */
const PORTS_AHEAD = 100;

/** The bucket of the account, with the files that were delivered so far. */
export interface DeliveredFiles {
  /** Their keys and sizes. */
  readonly objects: ReadonlyMap<string, number>;
  /** What Athena reads. */
  readonly catalog: Catalog;
  /** Delivers the slots that are over; to the `manyFrom`th port and those behind it many clients have connected. */
  deliver(manyFrom: number): Promise<void>;
}

/** A bucket in a folder, with nothing in it. */
export function createDeliveredFiles(folder: string): DeliveredFiles {
  const objects = new Map<string, number>();
  let nextSlot = slotNow() - FIRST_SLOTS * SLOT_SECONDS;
  return {
    objects,
    catalog: {
      table: async (_, name) => (name === TABLE.Name ? TABLE : undefined),
      partitions: async () => [],
      now: () => new Date(),
      pathOf: async ({ key }) => join(folder, key),
      async under(bucket, prefix) {
        const found: StoredObject[] = [];
        for (const [key, bytes] of objects) if (key.startsWith(prefix)) found.push({ bucket, key, bytes });
        return found;
      },
    },
    async deliver(manyFrom) {
      const { account, region } = SOURCE;
      const records: PlainRecord[] = [];
      for (; nextSlot < slotNow(); nextSlot += SLOT_SECONDS) {
        records.push(to(nextSlot, 443, 1));
        if (nextSlot + SLOT_SECONDS < slotNow()) continue;
        for (let port = manyFrom; port < manyFrom + PORTS_AHEAD; port += 1)
          for (let client = 1; client <= CLIENTS; client += 1) records.push(to(nextSlot, port, client));
      }
      const keys = await writeLake(folder, records, { account, region, flowLog: SOURCE.name });
      for (const key of keys) objects.set(key, (await stat(join(folder, key))).size);
    },
  };
}

/** The slot that is not over yet, in epoch seconds. */
function slotNow(): number {
  return Math.floor(Date.now() / 1000 / SLOT_SECONDS) * SLOT_SECONDS;
}

function to(slot: number, port: number, client: number): PlainRecord {
  return flow(slot + 120, {
    'account-id': SOURCE.account,
    'interface-id': ASKED_INTERFACE,
    srcaddr: `10.0.22.${client}`,
    dstaddr: ASKED_ADDRESS,
    dstport: port,
    bytes: 1_000 * client,
  });
}
