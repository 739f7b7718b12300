import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalog } from '../../src/catalog/index.ts';
import { FIELD_NAMES } from '../../src/core/flow-log/fields.ts';
import { exampleLine } from '../../src/core/line/write-line.ts';
import { readRequest } from '../../src/core/operation/request.ts';
import { DERIVED_COLUMNS, flowColumn } from '../../src/core/query/flow-columns.ts';
import type { CannedQuery } from '../../src/core/query/query.ts';
import type { Question } from '../../src/core/query/question.ts';
import {
  columnsOf,
  innermost,
  isList,
  type Selection,
  saidOfRecords,
} from '../../src/core/query/selection.ts';
import type { Sql } from '../../src/core/sql/sql.ts';
import { STORY_LINES } from './story-lines.ts';

const NOW = new Date('2026-11-22T11:00:00Z');
const FLOW_COLUMNS = [...FIELD_NAMES.map(flowColumn), ...Object.keys(DERIVED_COLUMNS)];
const FOLDER = new URL('../../src/catalog/', import.meta.url);

/** A question of the query with nothing but what it must have, or with every option as well. */
function asked(query: CannedQuery, everyOption: boolean): Question {
  const options = Object.entries(query.args).filter(([, { required }]) => !required);
  const words = options.map(([name, { example }]) => `${name}=${example}`);
  const line = `${everyOption ? [...(exampleLine(query).split(' last')[0]?.split(' ') ?? []), ...words].join(' ') : exampleLine(query)}`;
  const understood = readRequest(line, { catalog, now: NOW, zone: 'UTC', longestWindowSeconds: 86_400 });
  if (!('query' in understood)) throw new RangeError(`${line} is no question`);
  return understood;
}

/** The author's selection, as little and as much of it as can be asked for. */
function selectionsOf(query: CannedQuery): readonly Selection[] {
  return [false, true].map((everyOption) => {
    const { args, window, zone } = asked(query, everyOption);
    return query.sql(args, { window, zone });
  });
}

/** The expressions of a selection's columns, on every level. */
function expressionsOf(selection: Selection): readonly Sql[] {
  if (isList(selection)) return Object.values(selection.select);
  const below = 'where' in selection ? [] : expressionsOf(selection.from);
  if ('first' in selection) return [...below, selection.first];
  if ('previous' in selection) return [...below, selection.orderBy, ...Object.values(selection.previous)];
  if ('gather' in selection) {
    const place = selection.placeAs === undefined ? [] : [selection.placeAs.orderBy];
    return [...below, ...Object.values(selection.gather), ...place, ...Object.values(selection.derive)];
  }
  return [...below, ...Object.values(selection.groupBy), ...Object.values(selection.select)];
}

/** The text of each pair of parentheses, and around all of them, without the deeper ones. */
function levels(text: string): readonly string[] {
  const inner = /\(([^()]*)\)/.exec(text);
  if (inner === null) return [text];
  return [inner[1] ?? '', ...levels(text.replace(inner[0], '\u0000'))];
}

it('the catalog lists every file of its folder, in no other place than the index', () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.ts') && name !== 'index.ts');
  expect(catalog.map(({ name }) => `${name}.ts`).toSorted()).toEqual(files.toSorted());
});

it('the catalog has a story line for each query, so that none goes untested', () => {
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

  it('is made of conditions and expressions, and leaves the rest to the statement', () => {
    for (const selection of selectionsOf(query)) {
      for (const { text } of [innermost(selection).where, ...expressionsOf(selection)]) {
        expect(text).not.toMatch(/\b(SELECT|FROM|JOIN|GROUP BY|ORDER BY|LIMIT)\b/i);
      }
    }
  });

  it('leaves time and the status of flows to the statement', () => {
    for (const { where } of selectionsOf(query).map(innermost)) {
      expect(where.text).not.toMatch(/(start|end)_seconds|"(start|end)"|\blog_status = /i);
    }
  });

  it('binds as many values as it has placeholders, in its condition alone, and writes none of them there', () => {
    for (const selection of selectionsOf(query)) {
      const { text, bound } = innermost(selection).where;
      expect(text.split('?')).toHaveLength(bound.length + 1);
      for (const value of bound.filter((word) => word.length > 6)) expect(text).not.toContain(value);
      for (const expression of expressionsOf(selection)) {
        expect(expression.bound).toEqual([]);
        expect(expression.text).not.toContain('?');
      }
    }
  });

  it('never mixes OR with AND in one pair of parentheses', () => {
    for (const { where } of selectionsOf(query).map(innermost)) {
      const mixed = levels(where.text.replace(/BETWEEN \d+ AND \d+/g, 'BETWEEN')).filter(
        (level) => /\bOR\b/.test(level) && /\bAND\b/.test(level),
      );
      expect(mixed).toEqual([]);
    }
  });

  it('records every column of flows that its text names, so that each is read', () => {
    for (const selection of selectionsOf(query)) {
      const { text, reads = [] } = saidOfRecords(selection);
      expect(FLOW_COLUMNS.filter((name) => new RegExp(`\\b${name}\\b`).test(text))).toEqual(
        FLOW_COLUMNS.filter((name) => reads.includes(name)),
      );
    }
  });

  it('selects the columns that it declares', () => {
    for (const selection of selectionsOf(query)) {
      expect(columnsOf(selection)).toEqual(expect.arrayContaining(Object.keys(query.columns)));
    }
  });

  it('calls no key like a column of flows that it is not', () => {
    for (const level of selectionsOf(query).map(innermost)) {
      // The columns of a list are not read again by a level above it.
      for (const [name, { text }] of Object.entries(isList(level) ? {} : level.groupBy)) {
        if (FLOW_COLUMNS.includes(name)) expect(text).toBe(`"${name}"`);
      }
    }
  });

  it('orders by its own columns, each once', () => {
    const columns = query.order.map((term) => term.split(' ')[0] ?? '');
    expect(new Set(columns).size).toBe(columns.length);
    for (const column of columns) expect(Object.keys(query.columns)).toContain(column);
  });
});
