import { isAddressRange } from '../address/address-range.ts';
import type { Row } from '../columns/column.ts';
import type { Question } from '../question.ts';
import type { Coverage } from './coverage/coverage.ts';
import type { Proof } from './coverage/proof.ts';
import { emptyHeadline } from './empty-headline.ts';

/** What a headline is made from. */
export interface Found {
  /** The rows that are held: all, or the first of them and one more. */
  readonly rows: readonly Row[];
  readonly totals: Readonly<Record<string, number>>;
  readonly shown: number;
  readonly more: boolean;
  readonly coverage: Coverage;
  /** How far it is proven that there was nothing; for an answer without rows. */
  readonly proof: Proof;
}

/** The answer in one sentence. Over doubtful logs it says "at least", for there may be more than was read. */
export function headlineOf(
  { query, args, zone }: Question,
  { rows, coverage, proof, ...counted }: Found,
): string {
  const options = optionWords(query, args);
  if (rows.length > 0) {
    const least = coverage.complete ? '' : 'at least ';
    const sentence = query.headline(rows, args, { ...counted, least });
    return [sentence, ...asked(options), ...atLeast(sentence, coverage)].join(' ');
  }
  const subject = [query.subject(args), ...(options.length === 0 ? [] : ['with', ...options])].join(' ');
  return emptyHeadline(subject, proof, coverage, zone);
}

/** A sentence without an amount says it behind its end. */
function atLeast(sentence: string, { complete, doubts: [doubt] }: Coverage): readonly string[] {
  return complete || /at least /i.test(sentence)
    ? []
    : [`There may be more: at least this was read, but ${doubt}.`];
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
