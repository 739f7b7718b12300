import { marksOutsideWhere } from '../../support/dialect/marks-outside-where.ts';
import { invalid } from './aws-fault.ts';

/** Text in quotes, a quoted name, a comment, or a mark. */
const TOKENS = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\?/g;

/** What Athena reads as a value: text in single quotes, or a number. */
const LITERAL = /^(?:'(?:[^']|'')*'|-?\d+(?:\.\d+)?)$/;

/** Puts execution parameters in the place of the marks, as Athena does: each is an expression of SQL. */
export function substitute(text: string, parameters: readonly string[]): string {
  const [clause] = marksOutsideWhere(text);
  if (clause !== undefined) throw invalid(`a parameter is placed in ${clause}, and may be in WHERE only`);
  const wrong = parameters.find((parameter) => !LITERAL.test(parameter));
  if (wrong !== undefined) throw invalid(`Invalid execution parameter: ${wrong}`);
  const left = [...parameters];
  const whole = text.replace(TOKENS, (token) => {
    if (token !== '?') return token;
    const next = left.shift();
    if (next === undefined) throw invalid('Incorrect number of parameters');
    return next;
  });
  if (left.length > 0) throw invalid('Incorrect number of parameters');
  return whole;
}

/** Athena takes one statement, with a semicolon behind it at most. */
export function refuseSeveral(text: string): void {
  const bare = text.replace(TOKENS, '');
  if (/;\s*\S/.test(bare))
    throw invalid(`Only one sql statement is allowed. Got: ${text}`, 'MALFORMED_QUERY');
}
