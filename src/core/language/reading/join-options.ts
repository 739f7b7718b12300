import type { Entry } from '../../entry.ts';
import { isUnderstood } from '../words/read-ahead.ts';
import { keyword, named, type Token } from '../words/token.ts';

/**
 * Makes one word of an option and the value behind it, as people write them elsewhere: `--port 443`, `port 443`,
 * `port= 443`, `port: 443`. A `--name` without a value becomes an empty option, which is refused later.
 */
export function joinOptions(tokens: readonly Token[], query: Entry): readonly Token[] {
  const joined: Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const [token, next] = tokens.slice(at, at + 2);
    if (!token) continue;
    const name = nameAlone(token, query);
    const value = next && next.name === undefined && !next.dashed ? next : undefined;
    if (name !== undefined && argName(name, query) && value) {
      joined.push({ ...value, name: token.name === undefined ? meantBy(name, value, query) : name });
      at += 1;
    } else {
      joined.push(name !== undefined && token.dashed ? named(name, '') : token);
    }
  }
  return joined;
}

const WHERE = ['region', 'vpc', 'account'] as const;

/** `in eu-central-1` and `in vpc-…` say by their form which place is meant; anything else is the name of a source. */
function meantBy(name: string, { text, quoted }: Token, { args }: Entry): string {
  if (name !== 'in' || quoted) return name;
  return WHERE.find((where) => args[where] !== undefined && isUnderstood(args[where].read(text))) ?? name;
}

/** The argument that a typed name means, in any case. */
export function argName(typed: string, query: Pick<Entry, 'args'>): string | undefined {
  return Object.keys(query.args).find((name) => name.toLowerCase() === typed);
}

/** The name of an option that stands without its value. */
function nameAlone(token: Token, query: Entry): string | undefined {
  if (token.name !== undefined) return token.text === '' && !token.quoted ? token.name : undefined;
  const typed = keyword(token);
  if (typed === undefined || token.dashed) return typed;
  const alone = typed.replace(/:$/, '');
  const name = argName(alone, query);
  return name !== undefined && query.args[name]?.place === 'option' ? alone : undefined;
}
