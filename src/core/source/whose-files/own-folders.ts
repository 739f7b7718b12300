import { folderTime } from '../../flow-log/object-time.ts';
import { type OpenFolder, within } from '../../lake/opened-folder.ts';
import type { LogSource } from '../log-source.ts';
import { fileNames } from './file-names.ts';
import { isOfFlowLog } from './is-of-flow-log.ts';

/** AWS delivers what was recorded since the creation; a day more is allowed for clocks, and costs a listing. */
const MARGIN_SECONDS = 86_400;

/**
 * Folders with the files of one source alone. Those of before its flow log was created stay shut: under a prefix that
 * others have used for years, looking for its oldest file would open them all.
 */
export function ownFolders(open: OpenFolder, source: LogSource): OpenFolder {
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
