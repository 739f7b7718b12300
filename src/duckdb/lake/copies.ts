import { flowLogOf } from '../../core/flow-log/slots.ts';
import type { LakeObject } from '../../core/lake/scan.ts';
import type { InspectedFile } from './inspector.ts';
import type { ReadableObject } from './shape.ts';

/** The name that AWS gives a file, without its ending: no two files have the same. */
const AWS_NAME = /\d{12}_vpcflowlogs_[a-z0-9-]+_fl-[0-9a-f]+_\d{8}T\d{4}Z_[0-9A-Za-z]+/;
/** Records that name their interface are in one file only; those without could be alike by chance. */
const INTERFACE_FIELD = 'interface-id';

const MOST_NAMED = 3;

/** Files of which copies are marked, and a clause for what was found. */
export interface WithoutCopies {
  readonly files: readonly ReadableObject[];
  readonly remarks: readonly string[];
}

/**
 * Marks files that hold the very same records as another: a copy under another name or in another folder, or one that was
 * unpacked next to the compressed one. Files to which AWS gave different names are no copies, whatever they hold.
 */
export function withoutCopies(files: readonly ReadableObject[]): WithoutCopies {
  const originals = new Map<string, ReadableObject[]>();
  const copies = new Map<ReadableObject, string>();
  for (const file of files.toSorted(originalsFirst)) {
    const { digest, records = 0 } = file.shape;
    if (digest === undefined || records === 0) continue;
    const alike = originals.get(digest) ?? [];
    const original = alike.find((other) => isSameFile(other, file));
    if (original !== undefined) copies.set(file, original.object.key);
    else originals.set(digest, [...alike, file]);
  }
  const marked = files.flatMap((file) => {
    const copyOf = copies.get(file);
    if (copyOf === undefined) return [file];
    // A file of no flow log that is known by its name would be one more of which files may be missing.
    return flowLogOf(file.object.key) === '' ? [] : [{ ...file, object: { ...file.object, copyOf } }];
  });
  return { files: marked, remarks: [readOnce([...copies.keys()]), alikeOnly(marked)].filter(isFound) };
}

/** A file, and what is known of it so far. */
interface LookedAt {
  readonly object: LakeObject;
  readonly inspection: InspectedFile;
}

/**
 * Of files at which a glance was enough those whose lines must be counted to tell copies: all of them where others were not
 * looked at in the same way, and else those that may be copies.
 */
export function toBeCounted<T extends LookedAt>(files: readonly T[]): readonly T[] {
  const texts = files.filter(({ inspection }) => 'shape' in inspection && inspection.shape.format === 'text');
  const glanced = texts.filter(
    ({ inspection }) => 'shape' in inspection && inspection.shape.isGlanced === true,
  );
  if (glanced.length < texts.length) return glanced;
  const amounts = new Map<string, number>();
  const marksOf = ({ object, inspection }: T) => [
    `digest ${'shape' in inspection ? inspection.shape.digest : ''}`,
    `name ${awsName({ object }) ?? object.key}`,
  ];
  for (const mark of glanced.flatMap(marksOf)) amounts.set(mark, (amounts.get(mark) ?? 0) + 1);
  return glanced.filter((file) => marksOf(file).some((mark) => (amounts.get(mark) ?? 0) > 1));
}

function awsName({ object: { key } }: { readonly object: Pick<LakeObject, 'key'> }): string | undefined {
  return AWS_NAME.exec(key.slice(key.lastIndexOf('/') + 1))?.[0];
}

function isNamed(file: ReadableObject): boolean {
  return awsName(file) !== undefined;
}

/** A copy has another name than AWS's, a longer one, or lies deeper. */
function originalsFirst(a: ReadableObject, b: ReadableObject): number {
  return Number(isNamed(b)) - Number(isNamed(a)) || a.object.key.length - b.object.key.length;
}

/** Of files that hold the same text. */
function isSameFile(a: ReadableObject, b: ReadableObject): boolean {
  const names = new Set([awsName(a), awsName(b)]);
  if (!names.has(undefined)) return names.size === 1;
  return a.shape.fields.includes(INTERFACE_FIELD);
}

function readOnce(copies: readonly ReadableObject[]): string | undefined {
  if (copies.length === 0) return undefined;
  const files = copies.length === 1 ? '1 file holds' : `${copies.length} files hold`;
  return `${files} the same records as another, which count once: ${named(copies)}`;
}

/** Files of one name that hold as many records of the same time, but not the same text: converted ones. */
function alikeOnly(files: readonly ReadableObject[]): string | undefined {
  const seen = new Set<string>();
  const twins = files.filter((file) => {
    const { object, shape } = file;
    const name = awsName(file);
    if (name === undefined || object.copyOf !== undefined || shape.ends === undefined) return false;
    const mark = [name, shape.records, shape.ends.fromSeconds, shape.ends.toSeconds].join(' ');
    const isTwin = seen.has(mark);
    seen.add(mark);
    return isTwin;
  });
  if (twins.length === 0) return undefined;
  const amount = twins.length === 1 ? '1 file has' : `${twins.length} files have`;
  return `${amount} the name, the times and the number of records of another, so its records may count twice: ${named(twins)}`;
}

function named(files: readonly ReadableObject[]): string {
  const names = files.slice(0, MOST_NAMED).map(({ object }) => object.key);
  const others = files.length - names.length;
  return others > 0 ? `${names.join(', ')} and ${others} more` : names.join(', ');
}

function isFound(remark: string | undefined): remark is string {
  return remark !== undefined;
}
