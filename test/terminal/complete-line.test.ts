import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { TerminalParts } from '../../src/terminal/answer-in-terminal.ts';
import { completeLine } from '../../src/terminal/complete-line.ts';
import { promptForLines } from '../../src/terminal/prompt.ts';
import { ENTRIES } from '../support/given-sample.ts';

const PARTS = { catalog: ENTRIES, names: new Set(['app-1', 'db-1', 'db-2']) };

function completed(line: string): readonly string[] {
  return completeLine(line, PARTS)[0];
}

describe('Tab', () => {
  it.each([
    ['wh', ['who ', 'why ']],
    ['', expect.arrayContaining(['to ', 'changes ', 'setup ', 'help ', 'exit '])],
    ['help rec', ['records']],
    ['to db', ['db-1', 'db-2']],
    ['why app-1 db-1 po', ['port=']],
    ['to db-1 port=443 po', []],
    ['to db-1 action=', ['action=accept', 'action=reject']],
    ['to db-1 action=r', ['action=reject']],
    ['records src=d', ['src=db-1', 'src=db-2']],
    ['rejected la', ['last 15m', 'last 1h', 'last 24h']],
    ['rejected last 1', ['15m', '1h']],
    ['rejected since 14:05 un', ['until ']],
    ['nonsense ', []],
    ['to x=', []],
  ])('completes %j', (line, expected) => {
    expect(completed(line)).toEqual(expected);
  });

  it('never changes what is typed', () => {
    for (const { name } of ENTRIES) {
      for (const candidate of completed(`${name} `)) expect(candidate.trim()).not.toBe('');
      expect(completeLine(`${name} `, PARTS)[1]).toBe('');
    }
  });

  it('completes the line of a prompt', async () => {
    const input = new PassThrough();
    const output = new PassThrough();
    const asked: string[] = [];
    const parts = {
      understand: (line: string) => {
        asked.push(line);
        return { help: 'all' as const };
      },
      help: () => '',
      zone: 'UTC',
      print: () => {},
      printAside: () => {},
      newId: () => '',
    } as unknown as TerminalParts;
    // A terminal that is none: readline asks a stream for its completions where it is said to be one.
    Object.assign(output, { isTTY: true, columns: 80 });
    Object.assign(input, { isTTY: true, setRawMode: () => input });
    const ended = promptForLines(parts, input, output, async (line) => completeLine(line, PARTS));
    let shown = '';
    output.on('data', (data) => {
      shown += String(data);
    });
    // Several keys at once are pasted text, in which Tab completes nothing.
    for (const [keys, then] of [
      ['to db', 'to db'],
      ['\t', 'db-'],
      ['1 las', '1 las'],
      ['\t', 'last'],
      ['1h\r', '1h'],
    ] as const) {
      await sleep(20);
      input.write(keys);
      await expect.poll(() => shown).toContain(then);
    }
    await expect.poll(() => asked).toEqual(['to db-1 last 1h']);
    input.write('exit\r');
    expect(await ended).toBe(0);
  });
});
