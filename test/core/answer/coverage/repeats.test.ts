import { describe, expect, it } from 'vitest';
import { afterNoon, flow, NOON, type PlainRecord } from '../../../support/flow.ts';
import { openLake } from '../../../support/open-lake.ts';
import { LONG_AFTER, tempFolder } from '../../../support/open-local-lake.ts';
import { type LakeOptions, writeLake } from '../../../support/write-lake.ts';

const WINDOW = `since ${afterNoon(0).toISOString()} until ${afterNoon(1_800).toISOString()}`;
const [FIRST, SECOND] = ['fl-0aaaaaaaaaaaaaaaa', 'fl-0bbbbbbbbbbbbbbbb'];
const OTHER_ENI = { 'interface-id': 'eni-0b0b0b0b0b0b0b0b0', dstaddr: '10.0.2.7' };

/** Accepted and rejected traffic of an interface in every slot. */
function traffic(changes: PlainRecord = {}): readonly PlainRecord[] {
  return Array.from({ length: 12 }, (_, slot) => slot * 300 + 100).flatMap((second) => [
    flow(NOON + second, changes),
    flow(NOON + second, { ...changes, dstport: 23, bytes: 40, action: 'REJECT' }),
  ]);
}

/** What is answered of a folder with some flow logs. */
async function asked(line: string, ...logs: readonly (readonly [readonly PlainRecord[], LakeOptions])[]) {
  const folder = await tempFolder();
  for (const [records, options] of logs) await writeLake(folder, records, options);
  const { ask, close } = await openLake(folder, LONG_AFTER);
  const { rows, coverage, run } = await ask(`${line} ${WINDOW}`);
  await close();
  return { rows, notes: coverage.notes, run, flowLogs: coverage.flowLogs.length };
}

const SUM = 'top-talkers dst=10.0.1.5'.replace('dst=', '');

describe('two flow logs of one folder that record the same interface', () => {
  it.each(['records action=accept', 'timeline', SUM, 'gaps', 'to 10.0.1.5'])(
    'are asked once, when one shows all that the other does: %s',
    async (line) => {
      const whole = [...traffic(), ...traffic(OTHER_ENI)];
      const alone = await asked(line, [whole, { flowLog: FIRST }]);
      const both = await asked(line, [traffic(), { flowLog: SECOND }], [whole, { flowLog: FIRST }]);
      expect(both.rows).toEqual(alone.rows);
      expect(both.run.filesRead).toBe(alone.run.filesRead);
      expect(both.notes).toContain(
        `012345678901_vpcflowlogs_eu-central-1_${SECOND} records nothing that 012345678901_vpcflowlogs_eu-central-1_${FIRST} does not, and was not read`,
      );
    },
  );

  it.each(['records action=accept', 'timeline', SUM])(
    'count the interface that both record once, when each has another one too: %s',
    async (line) => {
      const third = { 'interface-id': 'eni-0c0c0c0c0c0c0c0c0', dstaddr: '10.0.3.7' };
      const apart = await asked(line, [
        [...traffic(), ...traffic(OTHER_ENI), ...traffic(third)],
        { flowLog: FIRST },
      ]);
      const shared = await asked(
        line,
        [[...traffic(), ...traffic(OTHER_ENI)], { flowLog: FIRST }],
        [[...traffic(), ...traffic(third)], { flowLog: SECOND }],
      );
      expect(shared.rows).toEqual(apart.rows);
      expect(shared.flowLogs).toBe(2);
    },
  );

  it('are both read, and count nothing twice, when one records what was accepted and the other what was rejected', async () => {
    const accepted = traffic().filter(({ action }) => action === 'ACCEPT');
    const rejected = traffic().filter(({ action }) => action === 'REJECT');
    const { flowLogs, notes, rows } = await asked(
      'timeline',
      [accepted, { flowLog: FIRST }],
      [rejected, { flowLog: SECOND }],
    );
    expect(flowLogs).toBe(2);
    expect(rows[0]).toMatchObject({ accepted: 1, rejected: 1 });
    expect(notes).toEqual([]);
  });

  it('count what both record in the one that has every slot', async () => {
    const wide = [...traffic(), ...traffic(OTHER_ENI)].filter(({ end }) => Number(end) !== NOON + 700);
    const { flowLogs, rows } = await asked(
      'records action=accept',
      [wide, { flowLog: FIRST }],
      [traffic(), { flowLog: SECOND }],
    );
    expect(flowLogs).toBe(2);
    // Six slots of the one interface, five of the other: its own flow log lacks a slot.
    expect(rows).toHaveLength(11);
  });

  it('are both read when each lacks a slot, and the answer says so', async () => {
    const lacking = (second: number) => traffic().filter(({ end }) => Number(end) !== NOON + second);
    const { flowLogs, notes } = await asked(
      'timeline',
      [lacking(700), { flowLog: FIRST }],
      [lacking(1_000), { flowLog: SECOND }],
    );
    expect(flowLogs).toBe(2);
    expect(notes.join()).toContain('record the same in part');
  });

  it('are both read in two regions, whose interfaces are never the same', async () => {
    const { flowLogs } = await asked(
      'timeline',
      [traffic(), { flowLog: FIRST }],
      [traffic(), { flowLog: SECOND, region: 'eu-west-1' }],
    );
    expect(flowLogs).toBe(2);
  });
});
