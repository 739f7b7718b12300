import { isAddressRange } from '../address/address-range.ts';
import type { Row } from '../columns/column.ts';
import type { Question } from '../question.ts';
import type { Coverage } from './coverage/coverage.ts';
import { emptyHeadline } from './empty-headline.ts';

/** The answer in one sentence, over the rows shown; `more` tells that there are others. */
export function headlineOf(
  { query, args }: Question,
  rows: readonly Row[],
  more: boolean,
  { coverage, warnings }: { readonly coverage: Coverage; readonly warnings: readonly string[] },
): string {
  const options = optionWords(query, args);
  if (rows.length > 0) return [query.headline(rows, args, more), ...asked(options)].join(' ');
  const ofAddress = Object.values(args).some(isAddressRange);
  const subject = [query.subject(args), ...(options.length === 0 ? [] : ['with', ...options])].join(' ');
  return emptyHeadline(subject, coverage, { ofAddress, warnings });
}

/** What was seen on one port is not all that was seen. */
function asked(options: readonly string[]): readonly string[] {
  return options.length === 0 ? [] : [`(Only ${options.join(' ')}.)`];
}

/** The options that narrow the question and that no sentence of the query tells: nothing on one port is not nothing. */
function optionWords(query: Question['query'], args: Question['args']): readonly string[] {
  return Object.entries(query.args).flatMap(([name, { place, write }]) => {
    const told = place === 'bare' || name === 'top' || isAddressRange(args[name]);
    const word = told ? undefined : write(args[name]);
    return word === undefined ? [] : [`${name}=${word}`];
  });
}
