import type { SpendScope } from '../core/answer/store.ts';
import { defineOperation } from '../core/operation/operation.ts';
import type { Report } from '../core/operation/report.ts';
import { showCents, showDollars } from '../core/wording.ts';

const DAY_MS = 86_400_000;

export const costs = defineOperation({
  name: 'costs',
  summary: 'What questions have cost: this thread, this channel, you, today',
  about:
    'Dollars that Athena billed for scans, at the price of the region that is configured; S3 and Glue charge cents in ' +
    'addition. A reused result and DDL are free, a stopped query is not. Days are UTC, as on the bill. Under way is what questions ' +
    'that wait or run may come to: it counts against the limits until they end.',
  args: {},

  async act(_, { spending, settings, now, person, channel, thread }): Promise<Report> {
    const today = new Date(Math.floor(now().getTime() / DAY_MS) * DAY_MS);
    const row = async (whose: string, scope: Omit<SpendScope, 'since'>, since?: Date, limit?: number) => {
      const [spent, underWay] = await Promise.all([
        spending.spent({ ...scope, ...(since && { since }) }),
        spending.underWay(scope, now()),
      ]);
      const cells = [showDollars(spent), showDollars(underWay)];
      return [whose, ...cells, limit === undefined ? '-' : showCents(limit)];
    };
    const { limits, prices } = settings;
    const all = await spending.spent({ since: today });
    const regions = Object.entries(prices.regions).map(([region, dollars]) => `${region} $${dollars}`);
    const source = [`$${prices.dollarsPerTb} a TB`, ...regions].join(', ');
    return {
      headline: `Today's questions have cost ${showDollars(all)} of ${showCents(limits.day)}`,
      sections: [
        {
          table: {
            columns: ['Whose', 'Dollars', 'Under way', 'Limit'],
            rows: [
              ...(thread === '' ? [] : [await row('This thread', { thread }, undefined, limits.thread)]),
              await row('This channel, today', { channel }, today),
              await row('You, today', { person }, today),
              await row('Everybody, today', {}, today, limits.day),
            ],
          },
        },
        {
          lines: [
            `A question that would cost more than ${showCents(limits.question)} waits for a yes. Price: ${source}, as configured.`,
          ],
        },
      ],
      next: [],
    };
  },
});
