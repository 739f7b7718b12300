import { defineOperation } from '../core/operation/operation.ts';
import type { Report } from '../core/operation/report.ts';

const DAY_MS = 86_400_000;

export const costs = defineOperation({
  name: 'costs',
  summary: 'What questions have cost: this thread, this channel, you, today',
  about:
    'Dollars that Athena billed for scans, at the price of the region that is configured; S3 and Glue charge cents beside ' +
    'it. A reused result and DDL are free, a stopped query is not. Days are UTC, as on the bill.',
  args: {},

  async act(_, { spending, settings, now, person, channel, thread }): Promise<Report> {
    const today = new Date(Math.floor(now().getTime() / DAY_MS) * DAY_MS);
    const [inThread, inChannel, byPerson, all] = await Promise.all([
      thread === '' ? 0 : spending.spent({ thread }),
      spending.spent({ channel, since: today }),
      spending.spent({ person, since: today }),
      spending.spent({ since: today }),
    ]);
    const { limits, prices } = settings;
    const regions = Object.entries(prices.regions).map(([region, dollars]) => `${region} $${dollars}`);
    const source = [`$${prices.dollarsPerTb} a TB`, ...regions].join(', ');
    return {
      headline: `Today's questions have cost $${money(all)} of $${limits.day.toFixed(2)}`,
      sections: [
        {
          table: {
            columns: ['Whose', 'Dollars', 'Limit'],
            rows: [
              ...(thread === ''
                ? []
                : [['This thread', `$${money(inThread)}`, `$${limits.thread.toFixed(2)}`]]),
              ['This channel, today', `$${money(inChannel)}`, '-'],
              ['You, today', `$${money(byPerson)}`, '-'],
              ['Everybody, today', `$${money(all)}`, `$${limits.day.toFixed(2)}`],
            ],
          },
        },
        {
          lines: [
            `A question that would cost more than $${limits.question.toFixed(2)} waits for a yes. Price: ${source}, as configured.`,
          ],
        },
      ],
      next: [],
    };
  },
});

/** Below a cent as many decimals as a scan of 10 MB needs. */
function money(dollars: number): string {
  return dollars >= 0.01 || dollars === 0 ? dollars.toFixed(2) : dollars.toFixed(5);
}
