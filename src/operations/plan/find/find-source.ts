import { type Remedy, UserError } from '../../../core/errors.ts';
import type { LogSource } from '../../../core/lake/log-source.ts';
import { nearest } from '../../../core/line/plain-arguments.ts';
import type { OperationContext } from '../../../core/operation/operation.ts';

/** The line that names a source, and whether it may be one that is only configured. */
export interface AskedBy {
  readonly line: string;
  readonly takesNames?: true;
}

/**
 * The source of a name, or the only one there is when none is said. It is looked for anew, because it may have been
 * created a moment ago. @throws UserError when it is not there, or which one is not clear.
 */
export async function findSource(
  name: string | undefined,
  asked: AskedBy,
  { book, signal }: Pick<OperationContext, 'book' | 'signal'>,
): Promise<LogSource> {
  const { sources, others, problems } = await book.found(signal, { fresh: true });
  if (name === undefined) {
    const [only] = sources;
    if (only !== undefined && sources.length === 1) return only;
    if (only === undefined) throw none(others, problems);
    throw new UserError(`There are ${sources.length} flow logs: say which.`, lineWith(asked, only.name));
  }
  const source = sources.find((each) => each.name === name || each.flowLog?.id === name);
  if (source !== undefined) return source;
  const other = others.find((words) => words.startsWith(name));
  if (other !== undefined)
    throw new UserError(`\`${name}\` cannot be asked: ${other}.`, { hint: 'See `sources`.' });
  const meant = nearest(
    name,
    sources.map((each) => each.name),
  );
  if (problems.length > 0) throw unknown(`The flow log \`${name}\` was not found`, problems);
  throw new UserError(`There is no flow log \`${name}\` here.`, lineWith(asked, meant));
}

/** Where only the id of a flow log can stand, the name of a configured source is no help. */
function lineWith({ line, takesNames }: AskedBy, name: string | undefined): Remedy {
  const fits = name !== undefined && (takesNames === true || name.startsWith('fl-'));
  return fits ? { correctedLine: `${line} ${name}` } : { hint: 'See `sources`.' };
}

/** Where somebody did not answer, nothing is known of what is there. */
function unknown(what: string, problems: readonly string[]): UserError {
  return new UserError(`${what}, but ${problems.join('; ')}.`, {
    hint: 'See to that first: `sources` shows who answers.',
  });
}

function none(others: readonly string[], problems: readonly string[]): UserError {
  if (problems.length > 0) return unknown('No flow log was found', problems);
  const [first] = others;
  return new UserError(
    first === undefined
      ? 'There is no flow log here.'
      : `There is no flow log here that can be asked: ${first}.`,
    { hint: 'Type `setup vpc-…` with the id of a VPC, a subnet or a network interface to create one.' },
  );
}
