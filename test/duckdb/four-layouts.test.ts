import { describe } from 'vitest';
import { madeLayouts } from '../support/four-layouts.ts';
import { judgeByReader, setsIn } from '../support/judge-layouts.ts';
import { MADE_SETS } from '../support/made-sets.ts';

describe.each(setsIn(await madeLayouts(), MADE_SETS))(
  'made flow logs, $name and the same as Parquet',
  judgeByReader,
);
