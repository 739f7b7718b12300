import { everywhere, option } from './argument.ts';
import { action, direction, interfaceId, port, protocol } from './network-arguments.ts';
import { dollars, namedBy, oneOf } from './plain-arguments.ts';
import { resourceId } from './resource-id.ts';

/** What reads the files of a bucket: Athena, or the embedded engine, for which they are fetched; of a log group Logs Insights may be asked. */
export type WantedEngine = (typeof ENGINES)[number];

const ENGINES = ['athena', 'direct', 'insights'] as const;

/** Where flow logs are looked for, as far as a line says it. */
export interface Scope {
  readonly in?: string | undefined;
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  readonly vpc?: string | undefined;
}

/** What every query takes in addition to its own arguments: whose flow logs to read, what it may cost, whether names are shown, whether what is kept of files is read, and what reads them. */
export const SCOPE_ARGS = {
  in: everywhere(
    option(
      namedBy(/^[a-z0-9][a-z0-9._-]{0,62}$/, {
        hint: 'source',
        about: 'the name of a source, as `sources` lists them',
        example: 'prod-eu',
      }),
    ),
  ),
  account: everywhere(
    option(
      namedBy(/^\d{12}$/, { hint: 'account', about: 'an account of twelve digits', example: '123456789012' }),
    ),
  ),
  region: everywhere(
    option(
      namedBy(/^[a-z]{2}(?:-[a-z]+)+-\d$/, {
        hint: 'region',
        about: 'an AWS region',
        example: 'eu-central-1',
      }),
    ),
  ),
  vpc: everywhere(option(resourceId('vpc'))),
  spend: everywhere(option(dollars())),
  names: everywhere(option(oneOf('off', 'on'))),
  cache: everywhere(option(oneOf('off', 'on'))),
  engine: everywhere(option(oneOf(...ENGINES))),
};

/** The options that most queries take, as arguments. */
export const FILTER_ARGS = {
  port: option(port()),
  proto: option(protocol()),
  action: option(action()),
  eni: option(interfaceId()),
  direction: option(direction()),
};

/** The arguments that the core itself reads, whatever entry they were given to; each is undefined where it was not given. */
export interface StandardArguments {
  readonly scope: Scope;
  /** The network interface whose records are wanted. */
  readonly eni: string | undefined;
  /** How many rows are wanted. */
  readonly top: number | undefined;
  /** How many dollars the question may cost. */
  readonly spend: number | undefined;
  /** Whether addresses and interfaces are shown with their names; undefined where the line does not say it. */
  readonly names: boolean | undefined;
  /** Whether what is kept of files may be read in their place; undefined where the line does not say it. */
  readonly cache: boolean | undefined;
  /** What is to read the files; undefined where the line leaves that to their size. */
  readonly engine: WantedEngine | undefined;
}

/** Reads the standard arguments among those of a line. */
export function standardArguments(args: Readonly<Record<string, unknown>>): StandardArguments {
  const text = (name: string) => (typeof args[name] === 'string' ? args[name] : undefined);
  const amount = (name: string) => (typeof args[name] === 'number' ? args[name] : undefined);
  return {
    scope: { in: text('in'), account: text('account'), region: text('region'), vpc: text('vpc') },
    eni: text('eni'),
    top: amount('top'),
    spend: amount('spend'),
    names: args.names === undefined ? undefined : args.names === 'on',
    cache: args.cache === undefined ? undefined : args.cache === 'on',
    engine: ENGINES.find((engine) => engine === args.engine),
  };
}

/** Arguments without those that do not change what is asked. */
export function argumentsOfQuestion(
  args: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(args).filter(([name]) => !NOT_OF_THE_QUESTION.has(name)));
}

/** How many rows are shown, with which names, from what is kept or not, by which engine, and what a question may cost do not make another question of it. */
export const NOT_OF_THE_QUESTION: ReadonlySet<string> = new Set<keyof StandardArguments>([
  'cache',
  'engine',
  'names',
  'spend',
  'top',
]);
