import { isRecognised } from '../reading.ts';
import { inCode } from '../wording.ts';
import { isBareName } from './address-name.ts';
import type { Arg } from './argument.ts';
import type { Entry } from './entry.ts';
import { END_NAMES } from './free-words.ts';
import { Mistake } from './mistake.ts';
import { type Endpoint, splitEndpoint } from './read-address.ts';
import { keyword, named, type Token } from './tokens.ts';

/**
 * Makes one word of an option and the value behind it, as people write them elsewhere: `--port 443`, `port 443`,
 * `port= 443`, `port: 443`. A `--name` without a value becomes an empty option, which is refused later.
 */
export function joinOptions(tokens: readonly Token[], query: Entry): readonly Token[] {
  const joined: Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const [token, next] = tokens.slice(at, at + 2);
    if (token === undefined) continue;
    const name = nameAlone(token, query);
    const value = next !== undefined && next.name === undefined && !next.dashed ? next : undefined;
    if (name !== undefined && argName(name, query) && value !== undefined) {
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
  return WHERE.find((where) => args[where] !== undefined && isRecognised(args[where].read(text))) ?? name;
}

/** The argument that a typed name means, in any case. */
export function argName(typed: string, query: Pick<Entry, 'args'>): string | undefined {
  return Object.keys(query.args).find((name) => name.toLowerCase() === typed);
}

/** The name of an option without its value. */
function nameAlone(token: Token, query: Entry): string | undefined {
  if (token.name !== undefined) return token.text === '' && !token.quoted ? token.name : undefined;
  const typed = keyword(token);
  if (typed === undefined || token.dashed) return typed;
  const alone = typed.replace(/:$/, '');
  const name = argName(alone, query);
  return name !== undefined && query.args[name]?.place === 'option' ? alone : undefined;
}

/**
 * Words in which each address that was typed with its port (`10.0.1.5:443`) has become an address and an option. Only
 * for an entry that takes ports; a word that an argument understands as it is stays.
 * @throws Mistake when the line says two different ports or protocols.
 */
export function splitEndpoints(words: readonly Token[], query: Entry): readonly Token[] {
  const { port, proto } = query.args;
  if (port === undefined) return words;
  const said = new Map<string, string>();
  for (const { name, text } of words) if (name === 'port' || name === 'proto') said.set(name, text);
  const added: Token[] = [];
  const add = (name: string, arg: Arg<unknown> | undefined, text: string | undefined, token: Token) => {
    if (text === undefined || arg === undefined) return;
    const before = said.get(name);
    if (before === undefined) added.push(named(name, text));
    else if (!saysSame(arg, before, text)) throw contradiction(token, name, before, query);
    said.set(name, text);
  };
  const hosts = words.map((token) => {
    const endpoint = endpointIn(token, query);
    if (endpoint === undefined) return token;
    add('port', port, endpoint.port, token);
    add('proto', proto, endpoint.proto, token);
    return { ...token, text: endpoint.host };
  });
  return [...hosts, ...added];
}

const NAME_WITH_PORT =
  /^(?<host>[a-z][a-z0-9._-]{0,253}):(?<port>[a-z0-9-]{1,30})(?:\/(?<proto>tcp|udp|sctp))?$/i;

/** `db-1:5432`; what is called like an argument is that: `port:443`. */
function splitNamed(text: string, { args }: Pick<Entry, 'args'>): Endpoint | undefined {
  const { host, port, proto } = NAME_WITH_PORT.exec(text)?.groups ?? {};
  if (host === undefined || port === undefined || !isBareName(host)) return undefined;
  const typed = host.toLowerCase();
  const isArgument = argName(typed, { args }) !== undefined;
  const isPort = Object.hasOwn(END_NAMES, typed) && END_NAMES[typed] === 'port';
  return isArgument || isPort ? undefined : { host, port, proto };
}

function endpointIn({ name, text, quoted }: Token, { args }: Entry): Endpoint | undefined {
  const endpoint = quoted ? undefined : (splitEndpoint(text) ?? splitNamed(text, { args }));
  if (endpoint === undefined) return undefined;
  const places = Object.values(args).filter(({ place }) => place === 'bare');
  const meant = name === undefined ? places : [args[argName(name, { args }) ?? '']];
  const takesIt = meant.some((arg) => arg?.hint === 'address' && !isRecognised(arg.read(text)));
  return takesIt ? endpoint : undefined;
}

function saysSame(arg: Arg<unknown>, one: string, other: string): boolean {
  const [a, b] = [arg.read(one), arg.read(other)];
  return one === other || (isRecognised(a) && isRecognised(b) && arg.write(a.value) === arg.write(b.value));
}

function contradiction(token: Token, name: string, before: string, task: Entry): Mistake {
  return new Mistake(`${inCode(token.text)} does not go together with ${inCode(`${name}=${before}`)}.`, {
    task,
  });
}
