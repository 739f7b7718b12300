import { describe, expect, it } from 'vitest';
import { ALL_FIELDS, tries } from '../support/conversation-cases.ts';
import { flow, NOON, type PlainRecord } from '../support/flow.ts';
import { openLake } from '../support/open-lake.ts';
import { LONG_AFTER, tempFolder } from '../support/open-local-lake.ts';
import { writeLake } from '../support/write-lake.ts';

const WINDOW = 'since 2026-03-05T12:00Z until 2026-03-05T12:30Z';

async function asked(line: string, records: readonly PlainRecord[]) {
  const folder = await tempFolder();
  const every = Array.from({ length: 10 }, (_, slot) =>
    flow(NOON + slot * 300 + 20, { srcaddr: '10.9.9.8', dstaddr: '10.9.9.9', 'flow-direction': 'ingress' }),
  );
  await writeLake(folder, [...every, ...records], { fields: ALL_FIELDS });
  const { ask, close } = await openLake(folder, LONG_AFTER);
  const answer = await ask(`${line} ${WINDOW}`);
  await close();
  return answer;
}

const BROKEN = [...tries('answered', 0, 13), ...tries('rejectedArriving', 13, 30)];
const REPLIES_LOST = [...tries('answered', 0, 13), ...tries('replyRejectedLeaving', 13, 30)];
const MENDED = [...tries('rejectedArriving', 0, 13), ...tries('answered', 13, 30)];
const BOTH = [...tries('answered', 0, 30), ...tries('rejectedArriving', 0, 30, { seconds: [30, 50] })];

describe('`between`', () => {
  it.each([
    [
      'answers stopped before rejections began',
      BROKEN,
      '10.0.2.7 has rejected 10.0.1.5 on 5432 postgres since 12:13:05 UTC; before that it answered, until 12:12:25 UTC.',
      'rejected',
    ],
    [
      'replies were rejected after they had arrived',
      REPLIES_LOST,
      'Replies of 10.0.2.7 to 10.0.1.5 on 5432 postgres have been rejected since 12:13:05 UTC; before that they arrived, until 12:12:25 UTC. They are rejected leaving 10.0.2.7, as a network ACL does.',
      'reply rejected',
    ],
    [
      'answers came back',
      MENDED,
      'Traffic between 10.0.1.5 and 10.0.2.7 was rejected until 12:12:25 UTC, and has been answered since 12:13:05 UTC.',
      'answered',
    ],
    [
      'both go on',
      BOTH,
      '10.0.2.7 has answered some requests of 10.0.1.5 on 5432 postgres and not others.',
      'mixed',
    ],
  ])('says when %s', async (_, records, says, state) => {
    const { headline, finding } = await asked('between 10.0.1.5 10.0.2.7', records);
    expect(headline).toBe(says);
    expect(finding.state).toBe(state);
  });

  it('draws no change from what one direction or action leaves out', async () => {
    const { headline } = await asked('between 10.0.1.5 10.0.2.7 direction=ingress', BROKEN);
    expect(headline).not.toContain('until');
  });
});

/** So many records of one action in each minute, of different clients. */
function many(from: number, to: number, amount: number, action: 'ACCEPT' | 'REJECT'): readonly PlainRecord[] {
  return Array.from({ length: amount }, (_, index) =>
    tries(action === 'ACCEPT' ? 'answered' : 'rejectedArriving', from, to, {
      at: ['server'],
      client: `10.0.3.${index + 1}`,
    }),
  ).flat();
}

describe('`timeline`', () => {
  it('names the minute from which on many more records are rejected', async () => {
    const records = [...many(0, 30, 2, 'ACCEPT'), ...many(15, 30, 12, 'REJECT')];
    const { headline, finding } = await asked('timeline 10.0.2.7', records);
    expect(headline).toMatch(/^Rejected records rose at 12:15 UTC, from 0 to 60 in 5 minutes\. /);
    expect(finding.since).toBeDefined();
  });

  it('names the minute from which on few are accepted', async () => {
    const { headline } = await asked('timeline 10.0.2.7', many(0, 15, 12, 'ACCEPT'));
    expect(headline).toMatch(/^Accepted records fell at 12:15 UTC, from \d+ to 0 /);
  });

  it('names no change where there is none, or where it comes and goes', async () => {
    const even = await asked('timeline 10.0.2.7', many(0, 30, 12, 'ACCEPT'));
    expect(even.headline).toMatch(/^\d+ accepted and/);
    const shaky = Array.from({ length: 3 }, (_, turn) => many(turn * 10, turn * 10 + 4, 12, 'REJECT')).flat();
    expect((await asked('timeline 10.0.2.7', shaky)).headline).toMatch(/^0 accepted and/);
  });

  it('takes an action, and whom traffic is from and to', async () => {
    const { headline, rows } = await asked('timeline src=10.0.1.5 dst=10.0.2.7 action=reject', BROKEN);
    expect(headline).toContain('rejected records from 10.0.1.5 to 10.0.2.7. (Only action=reject.)');
    expect(rows.every(({ accepted }) => Number(accepted) === 0)).toBe(true);
  });
});
