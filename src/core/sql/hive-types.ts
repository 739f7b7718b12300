import type { TableColumn } from './hive-ddl.ts';

/** A type as Glue's catalog writes it, read: `array<struct<ip:string,port:int>>`. */
export type HiveType =
  | { readonly kind: 'plain'; readonly name: string }
  | { readonly kind: 'struct'; readonly members: readonly (readonly [name: string, type: HiveType])[] }
  | { readonly kind: 'array'; readonly of: HiveType }
  | { readonly kind: 'map'; readonly of: HiveType };

/** Reads a type; one that is not understood is plain, under all that was written. */
export function readHiveType(written: string): HiveType {
  const text = written.trim().toLowerCase();
  const [, word, within = ''] = /^(\w+)\s*<(.*)>$/s.exec(text) ?? [];
  const parts = splitOutside(within, ',');
  if (word === 'array') return { kind: 'array', of: readHiveType(within) };
  if (word === 'map') return { kind: 'map', of: readHiveType(parts.slice(1).join(',')) };
  // Athena's own catalogs write `row` where Hive writes `struct`.
  if (word === 'struct' || word === 'row') return { kind: 'struct', members: parts.map(readMember) };
  return { kind: 'plain', name: text.replace(/\(.*$/s, '').trim() };
}

function readMember(written: string): readonly [name: string, type: HiveType] {
  const [name = '', ...type] = splitOutside(written, ':');
  return [name.trim(), readHiveType(type.join(':'))];
}

/** Splits where a sign is in no brackets. */
function splitOutside(text: string, sign: string): readonly string[] {
  const parts = [''];
  let depth = 0;
  for (const character of text) {
    if (character === '<' || character === '(') depth += 1;
    if (character === '>' || character === ')') depth -= 1;
    if (character === sign && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts;
}

/** The type of what a path names: a column, then members of structs; undefined where there is no such thing. */
export function typeAt(columns: readonly TableColumn[], path: readonly string[]): HiveType | undefined {
  const [first, ...rest] = path;
  const column = columns.find(({ name }) => name.toLowerCase() === first);
  return rest.reduce<HiveType | undefined>(
    (type, name) =>
      type?.kind === 'struct' ? type.members.find(([member]) => member === name)?.[1] : undefined,
    column && readHiveType(column.type),
  );
}
