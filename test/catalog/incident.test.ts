import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSampleLake } from '../../src/playground/aws/sample-lake.ts';
import { type OpenLake, openLake } from '../support/open-lake.ts';

const NOW = new Date('2026-11-22T15:00:30Z');
let folder: string;
let lake: OpenLake;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flowlog-incident-'));
  await createSampleLake({ folder, now: () => NOW, seed: 1 }).prepare();
  lake = await openLake(folder, NOW);
});
afterAll(async () => {
  await lake.close();
  await rm(folder, { recursive: true, force: true });
});

/** A line that a person types who knows only the alert, and how the first sentence of its answer begins. */
type Step = readonly [line: string, says: RegExp];

interface Walk {
  readonly fault: string;
  /** What the person goes by. */
  readonly from: string;
  readonly steps: readonly Step[];
}

/** Culprit, victim, service and since when are in the first sentence of the last step at the latest. */
const WALKS: readonly Walk[] = [
  {
    fault: 'the database rejects the apps',
    from: 'the alert: app-1 and app-2 could not connect to db-1:5432',
    steps: [
      [
        'to 10.0.21.31',
        /^10\.0\.21\.31 has rejected 10\.0\.11\.41 and 10\.0\.12\.41 on 5432 postgres since 14:20:01 UTC; before that it answered, until 14:19:58 UTC\./,
      ],
    ],
  },
  {
    fault: 'the replies of the cache are rejected',
    from: 'the alert: web-2 waits for cache-1:6379',
    steps: [
      [
        'to 10.0.22.31',
        /^Replies of 10\.0\.22\.31 to 10\.0\.12\.21 on 6379 redis have been rejected since 14:35:03 UTC; .* They are rejected leaving 10\.0\.22\.31, as a network ACL does\./,
      ],
    ],
  },
  {
    fault: 'nothing listens on the port that monitoring scrapes',
    from: 'nothing: what fails here?',
    steps: [
      ['changes', /newly refused/],
      [
        'to 10.0.11.61',
        /^10\.0\.11\.61 has refused 10\.0\.11\.71 on 9102 since 14:40:13 UTC; .* It answers with resets alone, as where nothing listens\./,
      ],
    ],
  },
  {
    fault: 'one address guesses ssh passwords',
    from: 'nothing: what does the internet do to the one host that it reaches?',
    steps: [
      [
        'to 10.0.1.10',
        /^192\.0\.2\.66 opened at least 360 short connections to 10\.0\.1\.10 on 22 ssh since 14:25:03 UTC: it looks like password guessing\./,
      ],
    ],
  },
  {
    fault: 'one address scans ports',
    from: 'nothing: what is rejected here?',
    steps: [
      [
        'rejected',
        / Also: 198\.51\.100\.177 tried at least 360 ports of 10\.0\.1\.10 from 14:25 UTC to 14:27:57 UTC, and was rejected: it looks like a scan\./,
      ],
      [
        'ports 10.0.1.10 action=reject',
        /^198\.51\.100\.177 tried at least 360 ports of 10\.0\.1\.10 from 14:25/,
      ],
    ],
  },
  {
    fault: 'one host uploads to an address outside',
    from: 'nothing: who moves the most?',
    steps: [
      [
        'top-talkers',
        /^10\.0\.12\.51 sent at least 5\.0 GB to 203\.0\.113\.99 since 14:30 UTC, the most accepted traffic/,
      ],
      [
        'from 10.0.12.51',
        /^10\.0\.12\.51 sent at least 5\.0 GB to 203\.0\.113\.99 on 443 https since 14:30 UTC, 57 times what came back: it looks like an upload\./,
      ],
    ],
  },
];

describe.each(WALKS)('the incident of the sample network: $fault', ({ steps }) => {
  it('is found by at most two lines', () => {
    expect(steps.length).toBeLessThanOrEqual(2);
  });

  it.each(steps)('is said by `%s`', async (line, says) => {
    const { headline } = await lake.ask(`${line} last 1h`);
    expect(headline).toMatch(says);
  });
});

describe('the incident of the sample network', () => {
  it('shows what hurts before the noise of the internet, which is one row', async () => {
    const { rows } = await lake.ask('rejected last 1h');
    const shown = rows.map(({ kind, source, sources, ports }) => [kind, source, sources, ports]);
    expect(shown).toEqual([
      ['pair', '10.0.11.41', 1, 1],
      ['pair', '10.0.12.41', 1, 1],
      ['pair', '10.0.22.31', 1, 1],
      ['scan', '198.51.100.177', 1, 360],
      ['noise', 'outside', expect.any(Number), 13],
    ]);
    expect(Number(rows.at(-1)?.sources)).toBeGreaterThan(40);
  });

  it('shows each of the outside addresses where that is asked for', async () => {
    const grouped = await lake.ask('rejected last 1h');
    const line = grouped.followUps.find(({ label }) => label === 'Each outside address')?.line ?? '';
    const each = await lake.ask(line, { rowLimit: 1_000 });
    expect(each.rows.every(({ sources, destinations }) => sources === 1 && destinations === 1)).toBe(true);
    const outside = new Set(each.rows.map(({ source }) => source)).size;
    expect(outside).toBe(4 + Number(grouped.rows.at(-1)?.sources));
  });

  it('has no upload, guessing or scan where there is none', async () => {
    for (const line of ['to 10.0.11.41', 'from 10.0.22.31 port=6379 action=accept', 'ports 10.0.1.200']) {
      expect((await lake.ask(`${line} last 1h`)).headline).not.toMatch(/looks like/);
    }
  });
});
