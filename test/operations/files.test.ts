import { describe, expect, it } from 'vitest';
import { BUILT_IN, ENI, givenSample, linesOf, SUBNET } from '../support/given-sample.ts';

it('`files` shows the files of the last hour, newest first, and the first lines of the newest', async () => {
  const given = await givenSample();
  const report = await given.say('files');
  expect(report.headline).toMatch(
    new RegExp(
      `^${BUILT_IN} has \\d+ files \\([\\d.]+ KB\\) for 24 Nov 2026 08:30:20 UTC to 24 Nov 2026 09:30:20 UTC$`,
    ),
  );
  const rows = report.sections[0]?.table?.rows ?? [];
  expect(rows).toHaveLength(30);
  expect(rows[0]?.[0]).toBe('24 Nov 2026 09:25 UTC');
  const times = rows.map(([from]) => from ?? '');
  expect(times).toEqual(times.toSorted().toReversed());
  expect(linesOf(report)).toEqual(['The newest 30 are shown.']);
  expect(report.sections[1]?.title).toBe(`First lines of ${rows[0]?.[2]}`);
  const code = report.sections[1]?.code?.split('\n') ?? [];
  expect(code[0]).toMatch(/^version account-id interface-id /);
  expect(code.length).toBeLessThanOrEqual(6);
  expect(report.next.map(({ line }) => line)).toEqual([`status ${BUILT_IN}`]);
});

it('`files` takes a window, and says when there is no file in it', async () => {
  const given = await givenSample();
  const report = await given.say(`files ${BUILT_IN} since 2026-11-20T10:00Z until 2026-11-20T11:00Z`);
  expect(report.headline).toBe(
    `${BUILT_IN} has 0 files (0 B) for 20 Nov 2026 10:00 UTC to 20 Nov 2026 11:00 UTC`,
  );
  expect(report.sections).toEqual([]);
});

describe('`files` of a flow log in Parquet', () => {
  it('says that the file is no text, and how to see its rows', async () => {
    const given = await givenSample();
    await given.done(`setup ${SUBNET}`);
    const id = (await given.state()).flowLogs[0]?.id;
    const report = await given.say(`files ${id}`);
    expect(report.sections[1]?.code).toBe('Parquet, which is not text: ask `records` for its rows.');
  });
});

it('`files` does not count the files of another flow log under the same prefix', async () => {
  const given = await givenSample();
  await given.done(`setup ${SUBNET} prefix=network`);
  await given.done(`setup ${ENI} prefix=network`);
  await given.pass(1);
  const [first, second] = (await given.state()).flowLogs;
  for (const { id } of [first, second].flatMap((each) => each ?? [])) {
    const names = (await given.say(`files ${id}`)).sections[0]?.table?.rows.map((row) => row[2] ?? '') ?? [];
    expect(names.length).toBeGreaterThan(5);
    expect(names.filter((name) => !name.includes(id))).toEqual([]);
  }
});
