import { readFileSync } from 'node:fs';

/** The text of `flowlog.yml` in the folder where flowlog was started; empty when there is none. */
export function readFlowlogYml(path = 'flowlog.yml'): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}
