import { nearest } from '../../core/args/nearest.ts';
import { UserError } from '../../core/errors.ts';
import type { OperationContext } from '../../core/operation/operation-context.ts';
import type { LogSource } from '../../core/source/log-source.ts';

/**
 * The source of a name, or the only one there is when none is said. It is looked for anew, because it may have been
 * created a moment ago. @throws UserError when it is not there, or which one is not clear.
 */
export async function findSource(
  name: string | undefined,
  line: string,
  { book, signal }: Pick<OperationContext, 'book' | 'signal'>,
): Promise<LogSource> {
  const { sources, others, problems } = await book.found(signal, { fresh: true });
  if (name === undefined) {
    const [only] = sources;
    if (only !== undefined && sources.length === 1) return only;
    if (only === undefined) throw none([...problems, ...others]);
    throw new UserError(`There are ${sources.length} flow logs: say which.`, {
      correctedLine: `${line} ${only.name}`,
    });
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
  throw new UserError(
    `There is no flow log \`${name}\` here${problems[0] === undefined ? '' : `, but not all were looked for: ${problems[0]}`}.`,
    meant === undefined ? { hint: 'See `sources`.' } : { correctedLine: `${line} ${meant}` },
  );
}

function none(others: readonly string[]): UserError {
  const [first] = others;
  return new UserError(
    first === undefined
      ? 'There is no flow log here.'
      : `There is no flow log here that can be asked: ${first}.`,
    { hint: 'Type `setup vpc-…` with the id of a VPC, a subnet or a network interface to create one.' },
  );
}
