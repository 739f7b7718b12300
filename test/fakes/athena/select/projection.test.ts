import { describe, expect, it } from 'vitest';
import { projectionOf } from './projection.ts';
import type { TableInGlue } from './stored-files.ts';

const NOW = new Date('2026-11-22T10:30:00Z');
// biome-ignore lint/suspicious/noTemplateCurlyInString: it is Athena's notation
const TEMPLATE = 's3://logs/${account}/${year}/${hour}/';
const PROPERTIES = {
  'projection.enabled': 'true',
  'storage.location.template': TEMPLATE,
  'projection.account.type': 'enum',
  'projection.account.values': '111111111111,222222222222',
  'projection.year.type': 'integer',
  'projection.year.range': '1,12',
  'projection.year.digits': '2',
  'projection.hour.type': 'date',
  'projection.hour.format': 'yyyy/MM/dd/HH',
  'projection.hour.range': '2026/11/20/00,NOW',
  'projection.hour.interval': '1',
  'projection.hour.interval.unit': 'HOURS',
};
const KEYS = [
  { Name: 'account', Type: 'string' },
  { Name: 'year', Type: 'int' },
  { Name: 'hour', Type: 'string' },
];

function table(properties: Readonly<Record<string, string | undefined>> = {}, keys = KEYS): TableInGlue {
  const all = { ...PROPERTIES, ...properties };
  const Parameters = Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  const StorageDescriptor = { Location: 's3://logs/' };
  return { DatabaseName: 'flowlog', Name: 'fl_1', Parameters, PartitionKeys: keys, StorageDescriptor };
}

describe('partitions that are projected', () => {
  it.each([
    ['s3://logs/111111111111/09/2026/11/20/00/a.log.gz', ['111111111111', '09', '2026/11/20/00']],
    ['s3://logs/222222222222/12/2026/11/22/10/deep/a.log.gz', ['222222222222', '12', '2026/11/22/10']],
  ])('have the file %s', (url, values) => {
    expect(projectionOf(table(), NOW)(url)).toEqual(values);
  });

  it.each([
    ['of another account', 's3://logs/333333333333/09/2026/11/20/00/a.log.gz'],
    ['of a number that is not padded', 's3://logs/111111111111/9/2026/11/20/00/a.log.gz'],
    ['of a number beyond the range', 's3://logs/111111111111/13/2026/11/20/00/a.log.gz'],
    ['of an hour before the range', 's3://logs/111111111111/09/2026/11/19/23/a.log.gz'],
    ['of an hour that has not begun', 's3://logs/111111111111/09/2026/11/22/11/a.log.gz'],
    ['of no hour', 's3://logs/111111111111/09/2026/11/20/24/a.log.gz'],
    ['elsewhere', 's3://logs/x/111111111111/09/2026/11/20/00/a.log.gz'],
  ])('have no file %s', (_, url) => {
    expect(projectionOf(table(), NOW)(url)).toBeUndefined();
  });

  it('are in folders of Hive where no template is given', () => {
    const valuesOf = projectionOf(table({ 'storage.location.template': undefined }), NOW);
    expect(valuesOf('s3://logs/account=111111111111/year=01/hour=2026/11/20/05/a.gz')).toEqual([
      '111111111111',
      '01',
      '2026/11/20/05',
    ]);
  });
});

describe('a table is refused, as Athena refuses it, with', () => {
  it.each([
    [
      'a template that writes a key out',
      { 'storage.location.template': TEMPLATE.replace(`\${account}`, '111111111111') },
      /INVALID_TABLE_PROPERTY: The 'storage\.location\.template' table property must contain templates for all/,
    ],
    [
      'a template that names what is no key',
      { 'storage.location.template': `${TEMPLATE}\${day}/` },
      /no partition column/,
    ],
    [
      'a key without projection',
      { 'projection.hour.type': undefined },
      /missing projection configuration: \[hour\]/,
    ],
    ['a kind of projection that is none', { 'projection.hour.type': 'time' }, /none that this fake knows/],
    ['no values to list', { 'projection.account.values': undefined }, /'values' is required/],
    ['a range with a hyphen', { 'projection.year.range': '1-12' }, /with a comma/],
    ['a range of text', { 'projection.year.range': 'a,b' }, /no integer/],
    ['a range that is turned round', { 'projection.year.range': '12,1' }, /in their order/],
    ['no digits', { 'projection.year.digits': '0' }, /'digits' must be a positive integer/],
    ['a range of days over hours', { 'projection.hour.range': '2026/11/20,NOW' }, /does not fit 'format'/],
    ['a range that has not begun', { 'projection.hour.range': '2026/11/23/00,NOW' }, /sequential/],
    ['a pattern that is none', { 'projection.hour.format': 'YYYY/bb' }, /no pattern/],
    ['hours without a step', { 'projection.hour.interval.unit': undefined }, /finer than a day/],
  ])('%s', (_, properties, words) => {
    expect(() => projectionOf(table(properties), NOW)).toThrow(words);
  });

  it('a column of a type onto which that cannot be projected', () => {
    const keys = KEYS.map((key) => ({ ...key, Type: 'int' }));
    expect(() => projectionOf(table({}, keys), NOW)).toThrow(
      /of type int does not support projection type enum/,
    );
  });
});
