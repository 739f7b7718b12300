import { describe } from 'vitest';
import { describeValues } from '../../contract/engine/values.ts';
import { describeEngine } from '../../contract/engine.ts';
import { openOver } from './open-over.ts';

describeEngine('duckdb', (...written) => openOver(written));

describe('duckdb over Parquet', () => {
  describeValues((...written) => openOver(written, { format: 'parquet' }));
});
