import { everywhere, option } from './argument.ts';
import { action, direction, interfaceId, port, protocol } from './network-arguments.ts';
import { dollars, namedBy } from './plain-arguments.ts';
import { resourceId } from './resource-id.ts';

/** Where flow logs are looked for, as far as a line says it. */
export interface Scope {
  readonly in?: string | undefined;
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  readonly vpc?: string | undefined;
}

/** What every query takes in addition to its own arguments: whose flow logs to read, and what it may cost. */
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
};

/** The options that most queries take, as arguments. */
export const FILTER_ARGS = {
  port: option(port()),
  proto: option(protocol()),
  action: option(action()),
  eni: option(interfaceId()),
  direction: option(direction()),
};
