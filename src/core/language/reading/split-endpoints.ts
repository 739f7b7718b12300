import { splitEndpoint } from '../../address/endpoint.ts';
import type { Arg } from '../../args/arg.ts';
import type { Entry } from '../../entry.ts';
import { inCode } from '../words/in-code.ts';
import { isUnderstood } from '../words/read-ahead.ts';
import { named, type Token } from '../words/token.ts';
import { argName } from './join-options.ts';
import { Mistake } from './mistake.ts';

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

function endpointIn({ name, text, quoted }: Token, { args }: Entry): ReturnType<typeof splitEndpoint> {
  const endpoint = quoted ? undefined : splitEndpoint(text);
  if (endpoint === undefined) return undefined;
  const places = Object.values(args).filter(({ place }) => place === 'bare');
  const meant = name === undefined ? places : [args[argName(name, { args }) ?? '']];
  const takesIt = meant.some((arg) => arg?.hint === 'address' && !isUnderstood(arg.read(text)));
  return takesIt ? endpoint : undefined;
}

function saysSame(arg: Arg<unknown>, one: string, other: string): boolean {
  const [a, b] = [arg.read(one), arg.read(other)];
  return one === other || (isUnderstood(a) && isUnderstood(b) && arg.write(a.value) === arg.write(b.value));
}

function contradiction(token: Token, name: string, before: string, task: Entry): Mistake {
  return new Mistake(`${inCode(token.text)} does not go together with ${inCode(`${name}=${before}`)}.`, {
    task,
  });
}
