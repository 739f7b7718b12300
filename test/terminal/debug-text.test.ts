import { expect, it } from 'vitest';
import { debugText } from '../../src/terminal/debug-text.ts';

it('debug text has short facts on one line, and lists and longer texts below it', () => {
  expect(debugText('duckdb', { bound: 2, statement: 'SELECT 1\nFROM flows' }, 'runs a statement')).toBe(
    'duckdb: runs a statement · bound 2\n    SELECT 1\n    FROM flows\n',
  );
  expect(
    debugText(
      'sources',
      { elapsedMs: 12, files: 2, tables: '', keys: ['a.gz', 'b.gz'] },
      'chose what to read',
    ),
  ).toBe('sources: chose what to read · 12 ms · files 2\n    a.gz\n    b.gz\n');
});

it('debug text removes control characters from the names of files', () => {
  expect(debugText('sources', { keys: ['a\u001b[2Jb', 'one\nsources: not a line'] }, 'chose')).toBe(
    'sources: chose\n    a[2Jb\n    one sources: not a line\n',
  );
});
