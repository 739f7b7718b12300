import { showBytes } from '../../core/columns/show-bytes.ts';
import type { Scan } from '../../core/ports/scan.ts';

/** What will be read and what that costs, before it is: `Reading 12 files (4.1 MB), free on the embedded engine`. */
export function readingWords({ objects }: Scan): string {
  const bytes = objects.reduce((sum, object) => sum + object.bytes, 0);
  const files = `${objects.length} ${objects.length === 1 ? 'file' : 'files'}`;
  return `Reading ${files} (${showBytes(bytes)}), free on the embedded engine`;
}
