import { expect, it } from 'vitest';
import { alignedLines, cut, packed, printable } from '../../src/render/plain-text.ts';

it('rendering takes out of text what hides or turns other text', () => {
  expect(printable('a\u202eb\u200b\u0007c\u2066\ufeffd')).toBe('abcd');
  const formatting = Array.from({ length: 0x11_00_00 }, (_, code) => String.fromCodePoint(code)).filter(
    (sign) => /\p{Cf}/u.test(sign),
  );
  expect(formatting.length).toBeGreaterThan(150);
  expect(printable(`a${formatting.join('')}b`)).toBe('ab');
  expect(printable('ab\u00ad\u061c\u{e0041}\ud800c')).toBe('abc');
  expect(printable('line\nbreak\tand 🔥 日本 é')).toBe('line\nbreak\tand 🔥 日本 é');
});

it('rendering cuts to a length that every count agrees on, and never through a character', () => {
  expect(cut('abc', 3)).toBe('abc');
  expect(cut('abcd', 3)).toBe('ab…');
  expect(cut('🔥🔥🔥', 4)).toBe('🔥…');
  expect(cut('x🔥🔥', 4)).toBe('x🔥…');
});

it('rendering joins pieces up to a length, and leaves a longer piece whole', () => {
  expect(packed(['a', 'b', 'c'], ' ', 3)).toEqual(['a b', 'c']);
  expect(packed(['abcdef', 'g', 'h'], '\n', 3)).toEqual(['abcdef', 'g\nh']);
  expect(packed([''], ' ', 3)).toEqual(['']);
});

it('rendering aligns columns: text to the left, numbers to the right', () => {
  const rows = [
    ['Port', 'Bytes'],
    ['443', '1'],
    ['5432', '23,455'],
  ];
  expect(alignedLines(rows, [false, true])).toEqual(['Port   Bytes', '443        1', '5432  23,455']);
  expect(alignedLines([])).toEqual([]);
});

it('rendering gives wide characters two places, and characters without a width none', () => {
  const rows = [
    ['日本', 'x'],
    ['ab', 'x'],
    ['e\u0301', 'x'],
    ['🔥', 'x'],
  ];
  expect(alignedLines(rows)).toEqual(['日本  x', 'ab    x', 'e\u0301     x', '🔥    x']);
});
