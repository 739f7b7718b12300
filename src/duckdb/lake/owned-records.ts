import type { FieldName } from '../../core/flow-log/fields.ts';
import { objectPlace } from '../../core/flow-log/object-key.ts';
import type { RecordsOf } from '../../core/lake/scan.ts';
import type { Scope } from '../../core/line/standard-arguments.ts';
import type { ReadableObject } from './shape.ts';

/** The fields by which records themselves say whose they are. */
export const OWNER_FIELDS = {
  account: 'account-id',
  region: 'region',
} as const satisfies Readonly<Record<keyof RecordsOf, FieldName>>;

const OWNERS = ['account', 'region'] as const satisfies readonly (keyof RecordsOf)[];

/** Whether a file may hold records of an account and a region: surely not when its path names others. */
export function mayBeInScope(key: string, scope: Scope): boolean {
  const place = objectPlace(key);
  return OWNERS.every(
    (whose) => [undefined, scope[whose]].includes(place[whose]) || scope[whose] === undefined,
  );
}

/** Files of which the records in scope count, and a clause for each reason why others had to be left out. */
export interface OwnedFiles {
  readonly files: readonly ReadableObject[];
  readonly notes: readonly string[];
}

/**
 * Cuts files down to the records of an account and a region. Where the path does not say whose a file is, its records do;
 * where they do not either the file is left out, which may hide records.
 */
export function ownedRecords(files: readonly ReadableObject[], scope: Scope): OwnedFiles {
  const owned: ReadableObject[] = [];
  const unnamed = { account: 0, region: 0 };
  for (const file of files) {
    const place = objectPlace(file.object.key);
    const asked = OWNERS.filter((whose) => scope[whose] !== undefined && place[whose] === undefined);
    const lacks = asked.find((whose) => !file.shape.fields.includes(OWNER_FIELDS[whose]));
    if (lacks !== undefined) unnamed[lacks] += 1;
    else if (asked.length === 0) owned.push(file);
    else owned.push({ ...file, object: { ...file.object, only: pick(scope, asked) } });
  }
  const notes = OWNERS.filter((whose) => unnamed[whose] > 0).map((whose) => leftOut(unnamed[whose], whose));
  return { files: owned, notes };
}

function pick(scope: Scope, asked: readonly (keyof RecordsOf)[]): RecordsOf {
  return Object.fromEntries(asked.map((whose) => [whose, scope[whose]]));
}

function leftOut(amount: number, whose: keyof RecordsOf): string {
  const files = amount === 1 ? '1 file was' : `${amount} files were`;
  return `${files} left out because neither path nor records name the ${whose}`;
}
