import { describe, expect, it } from 'vitest';
import { TooCostly } from '../../../src/core/answer/budget.ts';
import type { Expected, Prices } from '../../../src/core/answer/cost.ts';
import { MayAskInsights } from '../../../src/core/answer/offer-insights.ts';
import { UserError } from '../../../src/core/errors.ts';
import { TooManyRecords } from '../../../src/core/lake/read-log-groups.ts';
import type { InsightsPlan, Scan } from '../../../src/core/lake/scan.ts';
import type { Sources } from '../../../src/core/lake/sources.ts';
import { failureWords } from '../../../src/render/failure.ts';
import { silentAthena } from '../../support/silent-athena.ts';

const NOW = new Date('2026-11-24T09:30Z');
const USUAL: Prices = { dollarsPerTb: 5, regions: {} };
const FIELDS = ['srcaddr', 'dstaddr', 'srcport', 'dstport', 'protocol', 'bytes', 'packets', 'start', 'end'];
const ALL_FIELDS = [...FIELDS, 'action', 'log-status', 'interface-id'];

/** A log group with too many records, which Logs Insights reads for a price. */
function givenBig({ bytes = 4e9, fields = ALL_FIELDS, prices = USUAL, isKnown = true } = {}) {
  const scan: Scan = {
    source: { name: 'fl-1', region: 'us-east-1', fields },
    direct: { files: 0, bytes: 0 },
    insights: [{ bytes } as InsightsPlan],
    tables: [{ name: 'flow_records', fields }],
    objects: [],
    unread: [],
    notes: [],
    storedRange: undefined,
  };
  const sources: Sources = {
    async scanFor({ engine }) {
      if (engine !== 'insights') throw new TooManyRecords('There are too many.', { hint: 'Ask for less.' });
      if (!isKnown) throw new UserError('it is not known');
      return scan;
    },
    prepare: async () => {},
  };
  return silentAthena(sources, () => NOW, prices);
}

describe('a question about too many records of a log group', () => {
  it('is offered to Logs Insights with its price, as a line that means the same later', async () => {
    const error = await givenBig()
      .ask('to 10.0.1.5 port=443 last 1h')
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(MayAskInsights);
    expect(failureWords(error, 'r1')).toEqual({
      problem: 'There are too many.',
      next: 'Ask for less. Or have CloudWatch Logs Insights look for the records of its addresses alone: it reads about 4.0 GB for that, which AWS bills, about $0.02.',
      offers: [
        {
          label: 'Ask Logs Insights: about $0.02',
          line: 'to 10.0.1.5 port=443 engine=insights since 2026-11-24T08:30Z until 2026-11-24T09:30Z',
        },
      ],
    });
  });

  it('is priced for both of its windows', async () => {
    const error = await givenBig()
      .ask('changes 10.0.1.5 last 1h')
      .catch((caught: unknown) => caught);
    expect((error as MayAskInsights).offers[0]?.label).toBe('Ask Logs Insights: about $0.04');
  });

  it.each(['rejected last 1h', 'to 10.0.1.0/24 last 1h', 'to 10.0.1.5 engine=direct last 1h'])(
    'is not offered where it cannot be, or the line says what is to read it: %s',
    async (line) => {
      const error = await givenBig()
        .ask(line)
        .catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(TooManyRecords);
    },
  );

  it('is refused as before where the price cannot be found out', async () => {
    await expect(givenBig({ isKnown: false }).ask('to 10.0.1.5 last 1h')).rejects.toThrow(TooManyRecords);
  });
});

describe('a question for Logs Insights', () => {
  it('within the limits is run, and its price said before', async () => {
    const big = givenBig();
    const said: Expected[] = [];
    const answer = await big.ask('to 10.0.1.5 last 1h engine=insights', (expected) => said.push(expected));
    expect(said).toMatchObject([{ bytes: 4e9, dollars: 0.02, billed: true, isRough: true }]);
    expect(answer).toMatchObject({ billed: true, cost: { dollars: expect.any(Number) } });
    expect(answer.cost.dollars).toBeGreaterThan(0);
  });

  it('above a limit waits for an approval of its price, and is not said to cost as much for one interface', async () => {
    const big = givenBig({ bytes: 400e9 });
    const error = await big.ask('to 10.0.1.5 last 1h engine=insights').catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(TooCostly);
    expect((error as TooCostly).message).toMatch(
      / would scan about 400 GB, about \$2\.00, and a question may cost \$1\.00\.$/,
    );
    expect((error as TooCostly).hint).not.toContain('Athena');
    expect(big.ran).toEqual([]);
    await big.ask('to 10.0.1.5 last 1h engine=insights spend=2');
    expect(big.ran).toHaveLength(1);
  });

  it('that needs a field which is not recorded is refused before anything is billed', async () => {
    const big = givenBig({ fields: FIELDS });
    await expect(big.ask('to 10.0.1.5 action=reject last 1h engine=insights')).rejects.toThrow(
      /needs interface-id, action/,
    );
    expect(big.ran).toEqual([]);
  });
});
