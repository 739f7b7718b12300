import type { Buckets } from '../../core/lake/buckets.ts';
import type { OpenFolder } from '../../core/lake/lake.ts';

/** Athena passes over these, and AWS writes none of them. */
const HIDDEN = /^[._]/;

/** Opens folders of a bucket: the common prefixes and objects one level below. */
export function openS3Folders(buckets: Pick<Buckets, 'folder'>, bucket: string): OpenFolder {
  return async (path, signal) => {
    const prefix = path === '' ? '' : `${path}/`;
    const { objects, prefixes } = await buckets.folder(bucket, prefix, signal);
    const nameOf = (key: string) => key.slice(prefix.length);
    const sizes = new Map(objects.map(({ key, bytes }) => [nameOf(key), bytes]));
    return {
      files: [...sizes.keys()].filter(isShown),
      folders: prefixes.map((key) => nameOf(key).slice(0, -1)).filter(isShown),
      bytesOf: (file) => sizes.get(file) ?? 0,
    };
  };
}

/** A name may be empty: consoles make folders as objects that end in a slash, and two slashes may follow each other. */
function isShown(name: string): boolean {
  return name !== '' && !HIDDEN.test(name);
}
