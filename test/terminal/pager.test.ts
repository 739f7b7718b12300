import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { pagerOf, showInPager } from '../../src/terminal/pager.ts';

const LONG = 'a line\n'.repeat(30);

async function shown(text: string, command: string, rows = 24): Promise<string> {
  let printed = '';
  const print = (each: string) => {
    printed += each;
  };
  await showInPager(text, { command, rows, print, environment: process.env });
  return printed;
}

it('a text that is longer than the screen is shown in the pager, and not printed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'flowlog-pager-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'paged');
  expect(await shown(LONG, `cat > ${file}`)).toBe('');
  expect(await readFile(file, 'utf8')).toBe(LONG);
  expect(await shown(LONG, `printf %s "$LESS" > ${file}`)).toBe('');
  expect(await readFile(file, 'utf8')).toBe(process.env.LESS ?? 'FRX');
});

it.each([
  ['that fits the screen', 'short\n', 'false'],
  ['where there is no pager', LONG, ''],
  ['where the pager is not there', LONG, 'no-such-pager-here 2>/dev/null'],
])('a text %s is printed', async (_, text, command) => {
  expect(await shown(text, command)).toBe(text);
});

it('a pager that is left before the end is no failure', async () => {
  expect(await shown('a line\n'.repeat(200_000), 'true')).toBe('');
});

it('the pager is that of the person, and less where there is none', () => {
  expect(pagerOf({})).toBe('less -R');
  expect(pagerOf({ PAGER: 'most' })).toBe('most');
  expect(pagerOf({ PAGER: '' })).toBe('');
});
