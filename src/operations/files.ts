import { constants, gunzipSync } from 'node:zlib';
import { UserError } from '../core/errors.ts';
import { isListed, type S3Source } from '../core/lake/log-source.ts';
import type { LakeObject } from '../core/lake/scan.ts';
import { optional } from '../core/line/argument.ts';
import { defineOperation } from '../core/operation/operation.ts';
import type { Report } from '../core/operation/report.ts';
import { showMoment } from '../core/time/show-time.ts';
import { slotRangeOf } from '../core/time/window.ts';
import { plural, showBytes } from '../core/wording.ts';
import { sourceName } from './arguments/names.ts';
import { findSource } from './plan/find-source.ts';
import { siteAt } from './steps/step.ts';

const HOUR_MS = 3_600_000;
const MOST_SHOWN = 30;
/** Enough of a compressed file for its first lines. */
const HEAD_BYTES = 16_384;

export const files = defineOperation({
  name: 'files',
  summary: 'Show the files that a flow log has delivered, and the first lines of the newest',
  about:
    'The last hour unless a window is said. A file holds records by the time at which they ended, for five minutes. ' +
    'Listing costs $0.005 for a thousand calls; nothing is scanned.',
  windowed: 'optional',
  args: { flowlog: optional(sourceName()) },

  async act({ flowlog }, context): Promise<Report> {
    const source = await findSource(flowlog, { line: 'files', takesNames: true }, context);
    refuseUnlisted(source);
    const { window, now, signal, zone } = context;
    const asked = window ?? { from: new Date(now().getTime() - HOUR_MS), to: now() };
    const objects = await context.lakeOf(source).during(slotRangeOf(asked), signal);
    const newest = objects.toSorted((a, b) => (b.slot?.fromSeconds ?? 0) - (a.slot?.fromSeconds ?? 0));
    const [first] = newest;
    const bytes = objects.reduce((sum, object) => sum + object.bytes, 0);
    const { buckets } = await siteAt(context.cloud, source, signal);
    const head =
      first === undefined
        ? undefined
        : firstLines(first.key, await buckets.head(source.place.bucket, first.key, HEAD_BYTES, signal));
    return {
      headline: `${source.name} has ${plural(objects.length, 'file')} (${showBytes(bytes)}) for ${showMoment(asked.from, zone)} to ${showMoment(asked.to, zone)}`,
      sections: [
        ...(objects.length === 0 ? [] : [tableOf(newest, zone)]),
        ...(head === undefined
          ? []
          : [
              {
                title: `First lines of ${first?.key.slice((first?.key.lastIndexOf('/') ?? -1) + 1)}`,
                code: head,
              },
            ]),
        ...(objects.length > MOST_SHOWN ? [{ lines: [`The newest ${MOST_SHOWN} are shown.`] }] : []),
      ],
      next: [{ label: 'Status', line: `status ${source.name}`, press: 'ask' }],
    };
  },
});

/** @throws UserError for a table of which only the catalog knows the files. */
function refuseUnlisted(source: S3Source): void {
  if (isListed(source)) return;
  throw new UserError(`The files of \`${source.name}\` cannot be listed: it is asked by a table alone.`, {
    correctedLine: `records in=${source.name} last 5m`,
  });
}

function tableOf(objects: readonly LakeObject[], zone: string) {
  const rows = objects
    .slice(0, MOST_SHOWN)
    .map(({ key, bytes, slot }) => [
      slot === undefined ? '-' : showMoment(new Date(slot.fromSeconds * 1000), zone),
      showBytes(bytes),
      key.slice(key.lastIndexOf('/') + 1),
    ]);
  return { table: { columns: ['From', 'Size', 'File'], rows } };
}

const MOST_LINES = 6;
const LONGEST_SHOWN_LINE = 400;

/** The first lines of a file from its first bytes, or a note that it is not text. */
function firstLines(key: string, head: Uint8Array): string {
  if (key.endsWith('.parquet')) return 'Parquet, which is not text: ask `records` for its rows.';
  const text = textOf(key, head);
  return text === undefined
    ? 'Not gzip, whatever its name says.'
    : text
        .split('\n')
        .slice(0, MOST_LINES)
        .map((line) => line.slice(0, LONGEST_SHOWN_LINE))
        .join('\n');
}

function textOf(key: string, head: Uint8Array): string | undefined {
  if (!key.endsWith('.gz')) return new TextDecoder().decode(head);
  try {
    // The head of a file ends in the middle of its stream.
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH }).toString();
  } catch {
    return undefined;
  }
}
