import { flowLogOf } from '../../flow-log/object-time.ts';
import type { LakeObject, LogTable, ScannedObject } from '../../ports/scan.ts';
import type { LogSource } from '../log-source.ts';
import { isBeside, type Together } from '../read/read-together.ts';
import { fileNames } from './file-names.ts';

/** The files of a prefix, and whose records count. */
export interface WhoseFiles {
  readonly objects: readonly ScannedObject[];
  /** Undefined where the prefix is one flow log's alone, and where it is not known whose flow logs deliver there. */
  readonly flowLogs: LogTable['flowLogs'];
  /** Files that count for nobody, because their names tell no flow log. */
  readonly nameless: number;
}

/**
 * Tells the files of some sources from those of others under the same prefix: of flow logs that are known, and of
 * those that are deleted and have left their files.
 */
export function whoseFiles(
  sources: Together,
  known: readonly LogSource[],
  objects: readonly LakeObject[],
): WhoseFiles {
  const names = sources.map(fileNames);
  const own = new Set(names.filter((name) => name !== undefined));
  if (names.includes(undefined) || !isPrefixOfSeveral(sources, own, known, objects))
    return { objects, flowLogs: undefined, nameless: 0 };
  return {
    objects: objects.map((object) =>
      own.has(flowLogOf(object.key)) ? object : { ...object, passedOver: true },
    ),
    flowLogs: [...own],
    nameless: objects.filter(({ key }) => flowLogOf(key) === '').length,
  };
}

function isPrefixOfSeveral(
  [first]: Together,
  own: ReadonlySet<string>,
  known: readonly LogSource[],
  objects: readonly LakeObject[],
): boolean {
  const isOther = (name: string | undefined) => name !== undefined && name !== '' && !own.has(name);
  return (
    own.size > 1 ||
    known.some((source) => isBeside(source, first) && isOther(fileNames(source))) ||
    objects.some(({ key }) => isOther(flowLogOf(key)))
  );
}
