import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressLiteral, identifier, pathBytes, pathLiteral } from '../../../src/core/sql/literals.ts';
import { allOf, anyOf, list, sql } from '../../../src/core/sql/sql.ts';

describe('the sql tag', () => {
  it('binds text, writes whole numbers and splices fragments, in order', () => {
    const inner = sql`srcaddr = ${'10.0.0.1'}`;
    expect(sql`SELECT ${1} WHERE ${inner} AND dstaddr = ${"x' OR 1=1 --"}`).toEqual({
      text: 'SELECT 1 WHERE srcaddr = ? AND dstaddr = ?',
      bound: ['10.0.0.1', "x' OR 1=1 --"],
    });
  });

  it.each(['', '?', "'", '; DROP TABLE x', '\0', 'ünï', '5'])('never writes the text %j', (text) => {
    expect(sql`a = ${text}`).toEqual({ text: 'a = ?', bound: [text] });
  });

  it.each([1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, -0.1])('refuses the number %s', (number) => {
    expect(() => sql`LIMIT ${number}`).toThrow(RangeError);
  });

  it('leaves backslashes as they are written', () => {
    expect(sql`regexp_like(x, '\d+')`.text).toBe(String.raw`regexp_like(x, '\d+')`);
  });
});

describe('conditions', () => {
  const [a, b] = [sql`a = ${'1'}`, sql`b = ${'2'} OR c`];

  it('are put into parentheses, so that OR never escapes', () => {
    expect(allOf(a, b)).toEqual({ text: '(a = ?) AND (b = ? OR c)', bound: ['1', '2'] });
    expect(anyOf(a, allOf(b, a)).text).toBe('(a = ?) OR ((b = ? OR c) AND (a = ?))');
    // Even a single one: what it is put into may be an AND.
    expect(allOf(b).text).toBe('(b = ? OR c)');
  });

  it('skip what was left out, and are neutral without any', () => {
    expect(allOf(undefined, a, false).text).toBe('(a = ?)');
    expect(allOf().text).toBe('TRUE');
    expect(anyOf(undefined, false).text).toBe('FALSE');
  });
});

describe('identifiers', () => {
  it('are quoted', () => {
    expect(list([identifier('start_seconds'), identifier('_x9')])).toEqual({
      text: '"start_seconds", "_x9"',
      bound: [],
    });
  });

  it.each(['', 'a b', 'A', 'a"b', 'a.b', '1a', 'a;', 'é', `a${'x'.repeat(255)}`])('are never %j', (name) => {
    expect(() => identifier(name)).toThrow(RangeError);
  });
});

describe('an address that is written', () => {
  it.each([
    '10.0.1.5',
    '10.0.0.0/8',
    '::',
    '2001:db8::1',
    '2001:db8::/32',
    '1111:2222:3333:4444:5555:6666:7777:8888/128',
  ])('is quoted unchanged: %s', (text) => {
    expect(addressLiteral({ text, family: 4, single: false })).toEqual({ text: `'${text}'`, bound: [] });
  });

  it.each([
    '',
    '1',
    "10.0.1.5'",
    '10.0.1.5 ',
    '10.0.1.5\n',
    '?',
    'fe80::1%eth0',
    '10.0.0.0/8/8',
    'x',
    '1'.repeat(40),
  ])('is never %j', (text) => {
    expect(() => addressLiteral({ text, family: 4, single: true })).toThrow(RangeError);
  });
});

describe('the path of a file', () => {
  it('may hold anything, and ends where it ends', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (path) => {
        const { text } = pathLiteral(path);
        expect(text.startsWith("'") && text.endsWith("'")).toBe(true);
        expect(text.slice(1, -1).replaceAll("''", '')).not.toContain("'");
        expect(text.slice(1, -1).replaceAll("''", "'")).toBe(path);
      }),
    );
  });

  it('is as long as it is in UTF-8', () => {
    expect(pathBytes("it's für")).toBe("'it''s für', ".length + 1);
  });
});
