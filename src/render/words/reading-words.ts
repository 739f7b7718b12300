import type { Expected } from '../../core/answer/cost.ts';
import type { Scan } from '../../core/lake/scan.ts';
import { showBytes } from '../../core/wording.ts';
import { showDollars } from './show-dollars.ts';

/** What will be read and what that costs, before it is: `Reading 12 files (4.1 MB), about $0.00005 on Athena`. */
export function readingWords({ objects }: Scan, expected?: Expected): string {
  const bytes = objects.reduce((sum, object) => sum + object.bytes, 0);
  const files = `${objects.length} ${objects.length === 1 ? 'file' : 'files'}`;
  return `Reading ${files} (${showBytes(bytes)}), ${priced(expected)}`;
}

function priced(expected: Expected | undefined): string {
  if (expected === undefined || !expected.billed) return 'free on the embedded engine';
  return `${expected.exact ? 'about' : 'at most about'} ${showDollars(expected.dollars)} on Athena`;
}
