import { z } from 'zod';
import type { Scan, ScanMemory } from '../core/lake/scan.ts';
import { openDatabase } from './database.ts';

/** Raised when the shape of a scan changes: one of an older version is chosen anew. */
const VERSION = 3;

const TABLE = `CREATE TABLE IF NOT EXISTS scan (
  question TEXT PRIMARY KEY,
  version  INTEGER NOT NULL,
  chosen   TEXT NOT NULL
) STRICT`;

/** What of a scan is checked before it is used: only flowlog writes this file. */
const CHOSEN = z.custom<Scan>(
  (value) =>
    z.looseObject({ objects: z.array(z.unknown()), tables: z.array(z.unknown()) }).safeParse(value).success,
);

/**
 * Opens the store of scans in the file of the store. A scan is on disk before `keep` returns, and goes when another is
 * kept after its question has ended.
 */
export function openSqliteScans(path: string): ScanMemory & { close(): void } {
  const database = openDatabase(path);
  database.exec(TABLE);
  const find = database.prepare('SELECT chosen FROM scan WHERE question = ? AND version = ?');
  const forget = database.prepare(
    // A question with several windows has a scan for each of the others, under `<id> <window>`.
    `DELETE FROM scan WHERE substr(question, 1, instr(question || ' ', ' ') - 1)
       IN (SELECT id FROM question WHERE outcome IS NOT NULL)`,
  );
  const keep = database.prepare(
    `INSERT INTO scan (question, version, chosen) VALUES (?1, ?2, ?3)
     ON CONFLICT (question) DO UPDATE SET version = ?2, chosen = ?3 WHERE version <> ?2`,
  );
  return {
    async find(identity) {
      const row: unknown = find.get(identity, VERSION);
      if (row === undefined) return undefined;
      return CHOSEN.parse(JSON.parse(z.object({ chosen: z.string() }).parse(row).chosen));
    },
    async keep(identity, scan) {
      forget.run();
      keep.run(identity, VERSION, JSON.stringify(scan));
    },
    close: () => void database.close(),
  };
}
