import { onTestFinished } from 'vitest';
import { openPlace } from '../../src/store/open-stores.ts';
import { describeAudit } from '../contract/audit.ts';
import { openUntilEnd, storePath } from './temp-store.ts';

describeAudit('in a file', async () => {
  const path = await storePath();
  const [stores, other] = [await openUntilEnd(path), await openUntilEnd(path, 'other')];
  const database = await openPlace({ path });
  onTestFinished(() => database.close());
  return { stores, other, database };
});
