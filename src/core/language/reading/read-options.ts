import { nearest } from '../../args/nearest.ts';
import type { Entry } from '../../entry.ts';
import { inCode } from '../words/in-code.ts';
import { isUnderstood } from '../words/read-ahead.ts';
import { named, type Token } from '../words/token.ts';
import { type Draft, withReplaced } from './draft.ts';
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
  const notes: string[] = [];
  for (const token of draft.words) {
    if (token.name === undefined) continue;
    const name = argName(token.name, query);
    const arg = name === undefined ? undefined : query.args[name];
    if (name === undefined || !arg) throw unknownOption(query, draft, token, token.name);
    const problem = (message: string, by: readonly Token[]) =>
      new Mistake(message, withReplaced(draft, token, by));
    if (values.has(name)) throw problem(`${inCode(name)} is given twice.`, []);
    if (token.text === '' && !token.quoted) {
      throw problem(`${inCode(`${name}=`)} needs ${arg.about} behind it.`, [named(name, arg.example)]);
    }
    const reading = arg.read(token.text);
    if (!isUnderstood(reading)) {
      throw problem(`${inCode(token.text)} ${reading.problem}.`, [named(name, reading.instead)]);
    }
    values.set(name, reading.value);
    if (reading.note !== undefined) notes.push(reading.note);
  }
  return { values, notes };
}

function unknownOption(query: Entry, draft: Draft, token: Token, typed: string): Mistake {
  const options = Object.keys(query.args);
  const meant = nearest(typed, options);
  const fixed = withReplaced(draft, token, meant === undefined ? [] : [named(meant, token.text)]);
  return new Mistake(`${inCode(query.name)} has no option ${inCode(typed)}.`, fixed);
}
