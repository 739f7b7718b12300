import { describe, expect, it } from 'vitest';
import { DEFAULT_FORMAT } from '../../../src/core/flow-log/fields.ts';
import { flow, NOON } from '../../support/flow.ts';
import type { OpenEngineOver } from '../engine.ts';
import { select, written } from './select.ts';

const FIELDS = [...DEFAULT_FORMAT, 'instance-tag'];
const HOSTILE = [
  `'`,
  `"`,
  `?`,
  `--`,
  `;`,
  `\\`,
  `\\'`,
  `''`,
  `/*`,
  `*/`,
  `o'neil`,
  `x'OR'1'='1`,
  `'||(SELECT'1')||'`,
  `$1`,
  `%`,
  `_`,
  `{}`,
  `é漢😀`,
];

/** What people type is data, and never a part of the statement. */
export function describeBinding(open: OpenEngineOver): void {
  describe('bound text', () => {
    it('finds exactly itself, whatever signs it has', async () => {
      const records = HOSTILE.map((tag, port) => flow(NOON, { 'instance-tag': tag, srcport: port }));
      const opened = await open({ records, options: { fields: FIELDS } });
      for (const [port, tag] of HOSTILE.entries()) {
        const run = await select(opened, 'SELECT srcport FROM flow_records WHERE instance_tag = ?', [tag]);
        expect(written(run)).toEqual([[String(port)]]);
      }
    });

    it('may hold spaces, lines and whole statements, and finds nothing', async () => {
      const opened = await open({ records: [flow(NOON)] });
      const statements = [
        `' OR 1=1 --`,
        `x'; DROP TABLE flow_records; --`,
        'a\nb',
        'a\tb',
        '',
        ' ',
        `\\' OR 1=1 --`,
      ];
      for (const text of statements) {
        const found = await select(opened, 'SELECT count(*) AS n FROM flow_records WHERE srcaddr = ?', [
          text,
        ]);
        const others = await select(opened, 'SELECT count(*) AS n FROM flow_records WHERE srcaddr <> ?', [
          text,
        ]);
        expect([written(found), written(others)]).toEqual([[['0']], [['1']]]);
      }
    });

    it('goes to its own mark, in order; a mark inside quotes is text', async () => {
      const opened = await open({ records: [flow(NOON)] });
      const sql = `SELECT '?' AS mark, "end" FROM flow_records WHERE srcaddr = ? AND '?' <> ? AND dstaddr = ?`;
      const run = await select(opened, sql, ['203.0.113.9', 'x', '10.0.1.5']);
      expect(written(run)).toEqual([['?', String(NOON)]]);
    });
  });
}
