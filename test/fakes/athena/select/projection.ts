import { EngineError } from '../../../../src/core/errors.ts';
import { type Projected, projectedDate, projectedInteger, projectedValues } from './projected-values.ts';
import type { TableInGlue } from './stored-files.ts';

/** Gives the values of a file's partition keys, by its address in S3; undefined where no partition has the file. */
export type ValuesOf = (url: string) => readonly string[] | undefined;

/**
 * Partitions as Athena works them out of the properties of a table, at an instant.
 * @see https://docs.aws.amazon.com/athena/latest/ug/partition-projection-setting-up.html
 * @throws EngineError in the words of Athena for properties that it refuses.
 */
export function projectionOf(table: TableInGlue, now: Date): ValuesOf {
  const { Name, Parameters = {}, PartitionKeys = [] } = table;
  const template = Parameters['storage.location.template'] ?? usualTemplate(table);
  const keys = PartitionKeys.map(({ Name: key = '' }) => key);
  const lacking = keys.filter((key) => Parameters[`projection.${key}.type`] === undefined);
  if (lacking.length > 0)
    throw refusal(
      `Table ${Name} is configured for partition projection, but the following partition columns are missing projection configuration: [${lacking.join(', ')}]`,
    );
  if (keys.some((key) => !template.includes(`\${${key}}`)))
    throw refusal(
      "The 'storage.location.template' table property must contain templates for all partition columns!",
    );
  const unknown = [...template.matchAll(PLACEHOLDER)].find(([, key = '']) => !keys.includes(key));
  if (unknown !== undefined) throw refusal(`${unknown[0]} is no partition column of ${Name}`);
  const projected = new Map(
    PartitionKeys.map(({ Name: key = '', Type = 'string' }) => [
      key,
      columnOf(key, Type.toLowerCase(), Parameters, now),
    ]),
  );
  return (url) => valuesIn(url, template, projected);
}

const PLACEHOLDER = /\$\{([^}]+)\}/g;

/** Where no template is given, folders are named as Hive names them. */
function usualTemplate({ PartitionKeys = [], StorageDescriptor }: TableInGlue): string {
  const folders = PartitionKeys.map(({ Name }) => `${Name}=\${${Name}}/`);
  return `${StorageDescriptor?.Location ?? ''}/`.replace(/\/\/$/, '/') + folders.join('');
}

function refusal(why: string): EngineError {
  return new EngineError('rejected', `INVALID_TABLE_PROPERTY: ${why}`);
}

/** The types of columns by what is projected onto them. */
const COLUMN_TYPES: Readonly<Record<string, readonly string[]>> = {
  enum: ['string', 'varchar'],
  integer: ['string', 'varchar', 'int', 'integer', 'bigint'],
  date: ['string', 'varchar', 'date', 'timestamp'],
};

function columnOf(
  key: string,
  columnType: string,
  parameters: Readonly<Record<string, string>>,
  now: Date,
): Projected {
  const property = (name: string) => parameters[`projection.${key}.${name}`];
  const type = (property('type') ?? '').trim().toLowerCase();
  const taken = COLUMN_TYPES[type];
  if (taken === undefined) throw refusal(`projection.${key}.type ${type} is none that this fake knows`);
  if (!taken.includes(columnType))
    throw refusal(`Column ${key} of type ${columnType} does not support projection type ${type}`);
  try {
    if (type === 'enum') return projectedValues(property('values'));
    if (type === 'integer') return projectedInteger(property);
    return projectedDate(property, now);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw refusal(`projection.${key}: ${error.message}`);
  }
}

/** The values of the one partition under whose location a file is. */
function valuesIn(
  url: string,
  template: string,
  projected: ReadonlyMap<string, Projected>,
): readonly string[] | undefined {
  const seen = new Set<string>();
  const pattern = template
    .replaceAll(/[.*+?()|[\]\\^]|\$(?!\{)|(?<!\$)\{/g, String.raw`\$&`)
    .replaceAll(PLACEHOLDER, (_, key: string) => {
      if (seen.has(key)) return `\\k<${key}>`;
      seen.add(key);
      return `(?<${key}>${projected.get(key)?.written ?? '.+?'})`;
    });
  const found = new RegExp(`^${pattern.replace(/\/$/, '')}/`).exec(url)?.groups;
  if (found === undefined) return undefined;
  const values = [...projected].map(([key, { isProjected }]) => {
    const value = found[key] ?? '';
    return isProjected(value) ? value : undefined;
  });
  return values.includes(undefined) ? undefined : values.map((value) => value ?? '');
}
