import { fileNamesOf } from '../flow-log/object-key.ts';
import { flowLogOf, folderTime, nameTimeSeconds } from '../flow-log/slots.ts';
import { resourceId } from '../line/resource-id.ts';
import { type OpenFolder, within } from './lake.ts';
import type { LogSource, S3Source } from './log-source.ts';
import { isBeside, type Together } from './read-together.ts';
import type { LakeObject, LogTable, ScannedObject } from './scan.ts';

/** The files of a prefix, and whose records count. */
export interface WhoseFiles {
  readonly objects: readonly ScannedObject[];
  /** Undefined where the prefix is one flow log's alone, and where it is not known whose flow logs deliver there. */
  readonly flowLogs: LogTable['flowLogs'];
  /** Files that do not count, because there is no flow log in their names. */
  readonly nameless: number;
}

/**
 * Separates the files of some sources from those of others under the same prefix: of flow logs that are known, and of
 * those that are deleted and have left their files.
 */
export function whoseFiles(
  sources: Together,
  known: readonly S3Source[],
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
  known: readonly S3Source[],
  objects: readonly LakeObject[],
): boolean {
  const isOther = (name: string | undefined) => name !== undefined && name !== '' && !own.has(name);
  return (
    own.size > 1 ||
    known.some((source) => isBeside(source, first) && isOther(fileNames(source))) ||
    objects.some(({ key }) => isOther(flowLogOf(key)))
  );
}

/** What the names of the files of a source are made of. */
export type NamedSource = Pick<LogSource, 'name' | 'account' | 'region' | 'flowLog'>;

const FLOW_LOG_ID = resourceId('fl');

/**
 * What AWS begins the names of a flow log's files with, as `flowLogOf` reads it. Undefined for a source that is only
 * configured, unless it is called by the id of a flow log: it means all that is delivered to its place.
 */
export function fileNames({ name, account, region, flowLog }: NamedSource): string | undefined {
  const id = flowLog?.id ?? ('value' in FLOW_LOG_ID.read(name) ? name : undefined);
  return id && fileNamesOf(account, region, id);
}

/**
 * Whether a file is of a flow log: others may deliver under the same prefix, and AWS writes the id into the name. Of a
 * source that is not of one flow log every file is, and so is one whose name is not in the form of AWS.
 */
export function isOfFlowLog(key: string, source: NamedSource): boolean {
  const names = fileNames(source);
  return names === undefined || nameTimeSeconds(key) === undefined || flowLogOf(key) === names;
}

/** AWS delivers what was recorded since the creation; a day more is allowed for clocks, and costs a listing. */
const MARGIN_SECONDS = 86_400;

/**
 * Folders with the files of one source alone. Those from before its flow log was created are not opened: under a prefix that
 * others have used for years, looking for its oldest file would open them all.
 */
export function ownFolders(open: OpenFolder, source: S3Source): OpenFolder {
  if (fileNames(source) === undefined) return open;
  const createdMs = source.flowLog?.createdAt.getTime() ?? 0;
  const sinceSeconds = createdMs / 1000 - MARGIN_SECONDS;
  const mayHold = (path: string) => (folderTime(path)?.toSeconds ?? Number.POSITIVE_INFINITY) > sinceSeconds;
  return async (path, signal) => {
    const opened = await open(path, signal);
    return (
      opened && {
        ...opened,
        files: opened.files.filter((name) => isOfFlowLog(name, source)),
        folders: opened.folders.filter((folder) => mayHold(within(path, folder))),
      }
    );
  };
}

/** A source's place without its flow log, nor the name of one: every file there is of it, whoever delivered it. */
export function wholePrefix(source: S3Source): S3Source {
  return { ...source, name: 'all', flowLog: undefined };
}
