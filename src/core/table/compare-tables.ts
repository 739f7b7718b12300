import type { StoredTable, TableColumn, TableSpec } from '../ports/cloud/tables.ts';
import { MADE_BY } from './table-for.ts';

/** What a table that is there has otherwise than the one that is wanted, a clause each; none when it will do. */
export function compareTables(wanted: TableSpec, stored: StoredTable): readonly string[] {
  const properties = Object.entries(wanted.properties).filter(
    ([name, value]) => name !== MADE_BY.key && stored.properties[name] !== value && !isRange(name),
  );
  return [
    ...compareColumns('column', wanted.columns, stored.columns),
    ...compareColumns('partition key', wanted.partitionKeys, stored.partitionKeys),
    stored.format !== wanted.format &&
      `it reads ${stored.format ?? 'another format'}, the files are ${wanted.format}`,
    slashed(stored.location) !== slashed(wanted.location) &&
      `it stands over ${stored.location}, the files are under ${wanted.location}`,
    ...properties.map(
      ([name, value]) => `${name} is ${stored.properties[name] ?? 'not set'}, wanted is ${value}`,
    ),
    ...(wanted.properties['projection.enabled'] === undefined &&
    stored.properties['projection.enabled'] === 'true'
      ? ['its partitions are projected, wanted are explicit ones']
      : []),
  ].filter((difference) => difference !== false);
}

/** The beginning of a projected range is a matter of when the table was made. */
function isRange(name: string): boolean {
  return name.endsWith('.range');
}

function slashed(location: string): string {
  return location.endsWith('/') ? location : `${location}/`;
}

function compareColumns(
  what: string,
  wanted: readonly TableColumn[],
  stored: readonly TableColumn[],
): readonly string[] {
  const words = ({ name, type }: TableColumn) => `${name} ${type}`;
  const amount = Math.max(wanted.length, stored.length);
  const first = Array.from(
    { length: amount },
    (_, index) => [wanted[index], stored[index]] as const,
  ).findIndex(([a, b]) => a === undefined || b === undefined || words(a) !== words(b));
  if (first < 0) return [];
  const [a, b] = [wanted[first], stored[first]];
  return [
    `${what} ${first + 1} is ${b === undefined ? 'missing' : words(b)}, wanted is ${a === undefined ? 'none' : words(a)}`,
  ];
}
