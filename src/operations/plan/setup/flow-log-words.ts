import { type FilesOnS3, type LogSource, sourceRoot } from '../../../core/lake/log-source.ts';
import type { ReportSection } from '../../../core/operation/report.ts';
import type { PlannedFlowLog } from '../../step/wanted-flow-log.ts';
import { TAGS } from '../find/ownership.ts';

/** A table is made over folders: Athena reads all that is delivered there, whoever delivers it. */
export function besidesWords(files: FilesOnS3, sources: readonly LogSource[]): readonly ReportSection[] {
  const beside = sources.filter(
    (source) =>
      source.files.bucket === files.bucket && sourceRoot(source) === sourceRoot({ ...source, files }),
  );
  if (beside.length === 0) return [];
  const names = beside.map(({ name }) => name).join(', ');
  return [
    {
      lines: [
        `${names} delivers to the same folders: a question about one counts its own records alone, and may scan and pay for the files of both. Leave \`prefix=\` out to keep them apart.`,
      ],
    },
  ];
}

/** When a flow log ends that is to last so long only. */
export function endsWords(tags: PlannedFlowLog['tags']): readonly ReportSection[] {
  const ends = tags[TAGS.deleteAfter];
  if (ends === undefined) return [];
  return [{ lines: [`It deletes itself after ${ends.slice(0, 16).replace('T', ' ')} UTC; its files stay.`] }];
}
