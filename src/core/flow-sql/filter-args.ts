import { action } from '../args/action.ts';
import { direction } from '../args/direction.ts';
import { interfaceId } from '../args/interface-id.ts';
import { option } from '../args/option.ts';
import { port } from '../args/port.ts';
import { protocol } from '../args/protocol.ts';

/** The options that most queries take, as arguments. */
export const FILTER_ARGS = {
  port: option(port()),
  proto: option(protocol()),
  action: option(action()),
  eni: option(interfaceId()),
  direction: option(direction()),
};
