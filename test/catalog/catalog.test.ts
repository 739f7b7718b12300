import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalog } from '../../src/catalog/index.ts';
import { exampleLine } from '../../src/core/language/example-line.ts';
import { parseLine } from '../../src/core/language/parse-line.ts';
import type { CannedQuery } from '../../src/core/query.ts';
import type { Question } from '../../src/core/question.ts';
import { STORY_LINES } from './story-lines.ts';

const NOW = new Date('2026-11-22T11:00:00Z');
const FOLDER = new URL('../../src/catalog/', import.meta.url);

/** A question of the query with nothing but what it must have, or with every option as well. */
function asked(query: CannedQuery, everyOption: boolean): Question {
  const options = Object.entries(query.args).filter(([, { required }]) => !required);
  const words = options.map(([name, { example }]) => `${name}=${example}`);
  const line = `${everyOption ? [...(exampleLine(query).split(' last')[0]?.split(' ') ?? []), ...words].join(' ') : exampleLine(query)}`;
  const understood = parseLine(line, { catalog, now: NOW, zone: 'UTC', longestWindowSeconds: 86_400 });
  if (!('query' in understood)) throw new RangeError(`${line} is no question`);
  return understood;
}

/** The author's SQL, as little and as much of it as can be asked for. */
function sqlOf(query: CannedQuery) {
  return [false, true].map((everyOption) => {
    const { args, window, zone } = asked(query, everyOption);
    return query.sql(args, { window, zone });
  });
}

/** The text of each pair of parentheses, and around all of them, without what stands in deeper ones. */
function levels(text: string): readonly string[] {
  const inner = /\(([^()]*)\)/.exec(text);
  if (inner === null) return [text];
  return [inner[1] ?? '', ...levels(text.replace(inner[0], '\u0000'))];
}

it('lists every file of its folder, in no other place than the index', () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.ts') && name !== 'index.ts');
  expect(catalog.map(({ name }) => `${name}.ts`).toSorted()).toEqual(files.toSorted());
});

it('has a story line for each query, so that none goes untested', () => {
  expect(Object.keys(STORY_LINES).toSorted()).toEqual(catalog.map(({ name }) => name).toSorted());
});

describe.each(catalog.map((query) => [query.name, query] as const))('%s', (name, query) => {
  it('has a test file of its own name', () => {
    expect(existsSync(new URL(`./${name}.test.ts`, import.meta.url))).toBe(true);
  });

  it('sums itself up in one line without a full stop', () => {
    expect(query.summary).toMatch(/^[A-Z][^\n]{10,90}[^.\n]$/);
    expect(query.about).toMatch(/^[A-Z][^\n]+\.$/);
  });

  it('is asked by its example, and by every option together', () => {
    expect(asked(query, false).query).toBe(query);
    expect(asked(query, true).query).toBe(query);
  });

  it('reads its own relation and nothing else, once', () => {
    for (const { text } of sqlOf(query)) {
      const relations = [...text.matchAll(/\bFROM\s+(\w+|\()/g)].map(([, relation]) => relation);
      expect(relations.filter((relation) => relation !== '(')).toEqual([query.reads]);
      expect(text).not.toMatch(/\bJOIN\b/i);
    }
  });

  it('leaves order, limit, time and the choice of columns to the statement', () => {
    for (const { text } of sqlOf(query)) {
      const withoutWindows = text.replace(/OVER \([^)]*\([^)]*\)[^)]*\([^)]*\)[^)]*\)|OVER \([^)]*\)/g, '');
      expect(withoutWindows).not.toMatch(/\bORDER BY\b|\bLIMIT\b|SELECT \*/i);
      expect(text).not.toMatch(/(start|end)_seconds"?\s*(<|>|=|BETWEEN)|"(start|end)"|\blog_status = /i);
    }
  });

  it('binds as many values as it has placeholders, and writes none of them', () => {
    for (const { text, bound } of sqlOf(query)) {
      expect(text.split('?')).toHaveLength(bound.length + 1);
      for (const value of bound.filter((word) => word.length > 6)) expect(text).not.toContain(value);
    }
  });

  it('never mixes OR with AND in one pair of parentheses', () => {
    for (const { text } of sqlOf(query)) {
      const mixed = levels(text.replace(/BETWEEN \d+ AND \d+/g, 'BETWEEN')).filter(
        (level) => /\bOR\b/.test(level) && /\bAND\b|\bWHERE\b/.test(level),
      );
      expect(mixed).toEqual([]);
    }
  });

  it('orders by its own columns, each once', () => {
    const columns = query.order.map((term) => term.split(' ')[0] ?? '');
    expect(new Set(columns).size).toBe(columns.length);
    for (const column of columns) expect(Object.keys(query.columns)).toContain(column);
  });
});
