import { nearest } from '../../args/nearest.ts';
import type { Entry } from '../../entry.ts';
import { inCode } from '../words/in-code.ts';
import { isUnderstood } from '../words/read-ahead.ts';
import { named, type Token } from '../words/token.ts';
import { type Draft, withReplaced, wordsWith } from './draft.ts';
import { formOf, toFillIn } from './fill-in.ts';
import { argName } from './join-options.ts';
import { Mistake } from './mistake.ts';

/** What the options of a line say, to be filled up with its bare words. */
export interface OptionValues {
  readonly values: Map<string, unknown>;
  readonly notes: string[];
}

/** Reads every `name=value` of a draft. @throws Mistake for the first one that does not fit. */
export function readOptions(query: Entry, draft: Draft): OptionValues {
  const values = new Map<string, unknown>();
  const typed = new Map<string, string>();
  const notes: string[] = [];
  for (const token of draft.words) {
    if (token.name === undefined) continue;
    const name = argName(token.name, query);
    const arg = name === undefined ? undefined : query.args[name];
    if (name === undefined || !arg) throw unknownOption(query, draft, token, token.name);
    const before = typed.get(name);
    if (before !== undefined) throw givenTwice(query, draft, token, name, before);
    const { text } = token;
    if (text === '' && !token.quoted)
      throw fillIn(`${inCode(`${name}=`)} needs ${arg.about} behind it`, query, draft, token, name);
    const reading = arg.read(text);
    if (!isUnderstood(reading)) {
      const problem = `${inCode(text)} ${reading.problem}`;
      if (reading.instead === undefined) throw fillIn(problem, query, draft, token, name);
      const fixed = withReplaced(draft, token, [named(name, reading.instead)]);
      throw new Mistake(`${problem}.`, { fixed, task: query });
    }
    values.set(name, reading.value);
    typed.set(name, text);
    if (reading.note !== undefined) notes.push(reading.note);
  }
  return { values, notes };
}

function fillIn(problem: string, query: Entry, draft: Draft, token: Token, name: string): Mistake {
  const form = wordsWith(draft, token, [named(name, `<${query.args[name]?.hint}>`)]);
  return toFillIn(problem, query, formOf(query, form, draft));
}

/** Which of two values is meant only the person knows. */
function givenTwice(query: Entry, draft: Draft, token: Token, name: string, before: string): Mistake {
  const isSame = before.toLowerCase() === token.text.toLowerCase();
  const values = isSame ? inCode(before) : `${inCode(before)} and ${inCode(token.text)}`;
  const fixed = isSame ? withReplaced(draft, token, []) : undefined;
  return new Mistake(`${inCode(name)} is given twice, as ${values}.`, { fixed, task: query });
}

function unknownOption(query: Entry, draft: Draft, token: Token, typed: string): Mistake {
  const meant = nearest(typed, Object.keys(query.args));
  const fixed = meant === undefined ? undefined : withReplaced(draft, token, [named(meant, token.text)]);
  return new Mistake(`${inCode(query.name)} has no option ${inCode(typed)}.`, { fixed, task: query });
}
