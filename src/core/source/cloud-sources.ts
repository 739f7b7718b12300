import { UserError } from '../errors.ts';
import type { Cloud } from '../ports/cloud/cloud.ts';
import type { Scan } from '../ports/scan.ts';
import type { Sources, Wanted } from '../ports/sources.ts';
import { chooseSources } from './choose-sources.ts';
import { findSubjects } from './find-subjects.ts';
import type { LogSource } from './log-source.ts';
import type { FoundSources, SourceBook } from './source-book.ts';

/** Finds out what of the chosen flow logs a question reads: the files of its window, and the relation over them. */
export type ReadSources = (
  sources: readonly LogSource[],
  wanted: Wanted,
  signal: AbortSignal,
) => Promise<Scan>;

/** What finding flow logs in a cloud needs. */
export interface CloudSourcesParts {
  readonly cloud: Cloud;
  readonly book: SourceBook;
  readonly read: ReadSources;
}

/** Knows the flow logs of a cloud, and chooses among them for each question. */
export function createCloudSources({ cloud, book, read }: CloudSourcesParts): Sources {
  return {
    async scanFor(wanted, signal) {
      const [known, subjects] = await Promise.all([book.found(signal), findSubjects(cloud, wanted, signal)]);
      const isThere = chooseSources(known.sources, wanted, subjects).sources.length > 0;
      // One that was set up a moment ago is not remembered yet, and who no longer answers is.
      const found = isThere ? known : await book.found(signal, { fresh: true });
      const { sources, doubts } = chooseSources(found.sources, wanted, subjects);
      if (sources.length === 0) throw nothingToRead(wanted, found);
      const scan = await read(sources, wanted, signal);
      return { ...scan, notes: [...doubts, ...found.problems, ...scan.notes] };
    },
  };
}

function nothingToRead({ scope }: Wanted, { sources: all, problems }: FoundSources): UserError {
  const said = Object.entries(scope).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${value}`],
  );
  const [problem] = problems;
  if (problem !== undefined)
    return new UserError(`No flow log to ask was found, and not all could be looked for: ${problem}.`, {
      hint: '`sources` lists what was found, and who did not answer.',
    });
  if (all.length === 0)
    return new UserError('There is no flow log here that delivers to S3.', {
      hint: 'Type `setup vpc-…` with the id of a VPC, a subnet or a network interface to create one.',
    });
  const names = all.slice(0, MOST_NAMED).map(({ name }) => `\`${name}\``);
  return new UserError(`No flow log is in \`${said.join(' ')}\`.`, {
    hint: `There are ${names.join(', ')}${all.length > MOST_NAMED ? ' and others' : ''}: \`sources\` lists them.`,
  });
}

const MOST_NAMED = 3;
