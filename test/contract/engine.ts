import { describe } from 'vitest';
import type { Engine } from '../../src/core/answer/engine.ts';
import type { Scan } from '../../src/core/lake/scan.ts';
import type { LakeOptions, LakeRecord } from '../support/write-lake.ts';
import { describeAddresses } from './engine/addresses.ts';
import { describeBinding } from './engine/binding.ts';
import { describeFailures } from './engine/failures.ts';
import { describeReceipt } from './engine/receipt.ts';
import { describeValues } from './engine/values.ts';
import { describeWords } from './engine/words.ts';

/** Files of one flow log: what is written, and how. */
export interface Written {
  readonly records: readonly LakeRecord[];
  readonly options?: LakeOptions;
}

/** An engine over records, and the scan of all of them. */
export interface OpenEngine {
  readonly engine: Engine;
  readonly scan: Scan;
}

/** Writes the records where the engine finds them; everything goes away with the test. */
export type OpenEngineOver = (...written: readonly Written[]) => Promise<OpenEngine>;

/**
 * What every engine promises to the rest of flowlog, whatever runs beneath it: `describeEngine('duckdb', open)`.
 * SQL in here is what both Trino and DuckDB take, with values bound in WHERE alone, where Athena allows them.
 */
export function describeEngine(name: string, open: OpenEngineOver): void {
  describe(`the engine ${name}`, () => {
    describeValues(open);
    describeBinding(open);
    describeAddresses(open);
    describeWords(open);
    describeReceipt(open);
    describeFailures(open);
  });
}
