import { describe, expect, it } from 'vitest';
import { catalog } from '../../../src/catalog/index.ts';
import { cheaperLines, findCheaper, type Weighed } from '../../../src/core/answer/cheaper-lines.ts';
import type { FlowLogRead } from '../../../src/core/lake/scan.ts';
import { readRequest } from '../../../src/core/operation/request.ts';
import type { Question } from '../../../src/core/query/question.ts';

const ENI = 'eni-0a0a0a0a0a0a0a0a0';
const OF_ENI = { name: 'fl-0000000000000000e', eni: ENI };
const OF_VPC = { name: 'fl-0000000000000000a', eni: undefined };

function question(line: string): Question {
  const context = { catalog, now: new Date('2026-11-24T09:30Z'), zone: 'UTC', longestWindowSeconds: 604_800 };
  const understood = readRequest(line, context);
  if (!('query' in understood)) throw new RangeError(`${line} is no question`);
  return understood;
}

const estimate = (dollars: number) => ({ bytes: dollars * 200_000_000_000, dollars, exact: true });

/** A question that would cost two dollars. */
function asked(flowLogs: readonly FlowLogRead[] | undefined = [OF_VPC], line = 'rejected') {
  const source = { name: 'fl-1', region: 'us-east-1', fields: [] };
  const scan = {
    source,
    tables: [],
    objects: [],
    unread: [],
    notes: [],
    storedRange: undefined,
    ...(flowLogs && { flowLogs }),
  };
  return { question: question(line), estimate: estimate(2), scan };
}

const weighed = (part: string, dollars: number | undefined, flowLog: string | undefined = part): Weighed => ({
  part,
  flowLog,
  question: question('rejected'),
  estimate: dollars === undefined ? undefined : estimate(dollars),
});

const labels = (...candidates: readonly Weighed[]) =>
  cheaperLines(asked(), candidates).lines.map(({ label }) => label);

describe('a narrower line', () => {
  it('is offered with its price, three of them at most, the cheapest first', () => {
    expect(labels(weighed('a', 1.5), weighed('b', 0.03), weighed('c', 0.5), weighed('d', 1))).toEqual([
      'Only b: about $0.03',
      'Only c: about $0.50',
      'Only d: about $1.00',
    ]);
    expect(labels(weighed('a', 0.00005))).toEqual(['Only a: under $0.01']);
    const free = weighed('a', 0);
    const fetched = { ...free, estimate: { bytes: 1_000, dollars: 0, exact: true } };
    expect(labels(free, fetched)).toEqual(['Only a: free']);
  });

  it('comes after the same question with its files fetched, where that is possible', () => {
    const given = asked();
    const fetchable = { files: 12, bytes: 4_100_000_000 };
    const dear = { ...given, estimate: { ...given.estimate, fetchable } };
    const offers = cheaperLines(dear, [weighed('a', 1.5), weighed('b', 0.03), weighed('c', 0.5)]).lines;
    expect(offers.map(({ label }) => label)).toEqual([
      'Fetch 4.1 GB: free',
      'Only b: about $0.03',
      'Only c: about $0.50',
    ]);
    const { window, args } = question(offers[0]?.line ?? '');
    expect(args.engine).toBe('direct');
    expect(window).toEqual(given.question.window);
  });

  it('shows its price whatever the flow log is called', () => {
    expect(labels(weighed('production-of-everything-in-europe', 0.5))).toEqual([
      'Only production-of-everyt…: about $0.50',
    ]);
    expect(labels(weighed(ENI, 0.5))).toEqual([`Only ${ENI}: about $0.50`]);
  });

  it('is offered once of each flow log: by the interface, unless that costs as much', () => {
    expect(labels(weighed(ENI, 1, 'a'), weighed('a', 0.5))).toEqual([`Only ${ENI}: about $1.00`]);
    expect(labels(weighed(ENI, 2, 'a'), weighed('a', 0.5))).toEqual(['Only a: about $0.50']);
  });

  it('is not offered when it costs as much, reads nothing, or is not known', () => {
    expect(labels(weighed('a', 2), weighed('b', 2.5), weighed('c', 0), weighed('d', undefined))).toEqual([]);
  });
});

describe('one interface alone', () => {
  const same = (...how: Parameters<typeof cheaperLines>) => cheaperLines(...how).sameForOneInterface;

  it('costs the same within one flow log, and where the files of several are the same', () => {
    expect(same(asked(), [])).toBe(true);
    expect(same(asked([OF_VPC, OF_ENI]), [weighed('a', 2), weighed('b', 2)])).toBe(true);
  });

  it('may cost less where a flow log alone does, and where that is not known', () => {
    expect(same(asked([OF_VPC, OF_ENI]), [weighed('a', 2), weighed('b', 0.5)])).toBe(false);
    expect(same(asked([OF_VPC, OF_ENI]), [weighed('a', 2), weighed('b', undefined)])).toBe(false);
    expect(same(asked(Array.from({ length: 9 }, () => OF_VPC)), [weighed('a', 2)])).toBe(false);
    expect(same(asked([]), [])).toBe(false);
  });

  it('is not spoken of where it was asked for, or cannot be', () => {
    expect(same(asked([OF_VPC], `rejected eni=${ENI}`), [])).toBe(false);
    expect(same(asked([OF_ENI]), [])).toBe(false);
  });
});

describe('looking for cheaper lines', () => {
  it('weighs each narrower question', async () => {
    const { lines } = await findCheaper(asked([OF_VPC, OF_ENI]), async ({ args }) =>
      estimate(args.eni === ENI ? 0.1 : 1.9),
    );
    expect(lines.map(({ label }) => label)).toEqual([
      `Only ${ENI}: about $0.10`,
      'Only the last 10m: about $1.90',
      `Only ${OF_VPC.name}: about $1.90`,
    ]);
  });

  it('finds none where nothing can be weighed, and says nothing that is not known', async () => {
    const nothing = { lines: [], sameForOneInterface: false };
    const broken = () => Promise.reject(new Error('no network'));
    expect(await findCheaper(asked([OF_VPC, OF_ENI]), broken)).toEqual(nothing);
  });
});
