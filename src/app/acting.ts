import { setTimeout as sleep } from 'node:timers/promises';
import { catalog } from '../catalog/index.ts';
import type { ActParts } from '../core/operation/act.ts';
import type { OperationSettings } from '../core/operation/operation.ts';
import type { Stores } from '../core/operation/stores.ts';
import { nextAfter, STEP_KINDS } from '../operations/index.ts';
import type { Backend } from './backend.ts';
import type { Config } from './config.ts';
import type { World } from './this-process.ts';
import type { WhoMay } from './who-may.ts';

/** What operations work on, and where they are written down. */
export function actingOn(
  { cloud, book, lakeOf, storedRangeOf }: Backend,
  { store: spending, journal }: Stores,
  { now, newId }: World,
): Omit<ActParts, 'settings' | 'queue' | keyof WhoMay> {
  const pause = (milliseconds: number, signal: AbortSignal) => sleep(milliseconds, undefined, { signal });
  return {
    cloud,
    book,
    lakeOf,
    storedRangeOf,
    now,
    newId,
    catalog,
    spending,
    journal,
    stepKinds: STEP_KINDS,
    nextAfter,
    pause,
  };
}

const GB = 1_000_000_000;

/** What operations are configured with. */
export function settingsOf(config: Config): OperationSettings {
  return {
    database: config.database,
    workgroup: config.workgroup,
    resultLocation: config.resultLocation,
    scanLimitBytes: config.scanLimitGb * GB,
    prices: { dollarsPerTb: config.dollarsPerTb, regions: config.prices },
    limits: {
      question: config.dollarsQuestion,
      thread: config.dollarsThread,
      day: config.dollarsDay,
    },
  };
}
