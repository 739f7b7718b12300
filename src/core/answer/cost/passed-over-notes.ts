import { showBytes } from '../../columns/show-bytes.ts';
import { countedObjects } from '../../lake/counted-objects.ts';
import type { Scan, ScannedObject } from '../../ports/scan.ts';

/**
 * What a scan costs beside the files whose records count, a sentence each. AWS says that Athena reads all that stands
 * in a folder, and promises nothing of what a condition on `$path` spares.
 * @see https://docs.aws.amazon.com/athena/latest/ug/tables-location-format.html
 */
export function passedOverNotes({ objects }: Pick<Scan, 'objects'>): readonly string[] {
  const counted = new Set(countedObjects(objects).map(({ key }) => key));
  const passedOver = objects.filter((object) => object.passedOver === true);
  const again = passedOver.filter(({ key }) => counted.has(key));
  const others = passedOver.filter(({ key }) => !counted.has(key));
  return [
    ...(others.length === 0
      ? []
      : [
          `under the same prefix ${amountOf(others)} of other flow logs may be scanned and billed too: their records do not count`,
        ]),
    ...(again.length === 0
      ? []
      : [
          `flow logs of different formats share a prefix: ${amountOf(again)} may be scanned and billed again for the other format`,
        ]),
  ];
}

function amountOf(objects: readonly ScannedObject[]): string {
  const files = new Set(objects.map(({ key }) => key)).size;
  const bytes = objects.reduce((sum, object) => sum + object.bytes, 0);
  return `${files} ${files === 1 ? 'file' : 'files'} (${showBytes(bytes)})`;
}
