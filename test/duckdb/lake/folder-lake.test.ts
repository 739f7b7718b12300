import { createFolderLake } from '../../../src/duckdb/lake/folder-lake.ts';
import { describeLake } from '../../contract/lake.ts';
import { tempFolder } from '../../support/open-local-lake.ts';
import { writeLake } from '../../support/write-lake.ts';

for (const layout of ['daily', 'hourly', 'hive', 'hive-hourly'] as const) {
  describeLake(`in a folder, ${layout}`, async () => {
    const folder = await tempFolder();
    return {
      lake: createFolderLake(folder),
      write: (records, options = {}) => writeLake(folder, records, { layout, ...options }),
    };
  });
}
