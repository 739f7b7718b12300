import { expect, it } from 'vitest';
import { PROTOCOL_NAMES, protocolName, protocolNumber } from '../../../src/core/flow-log/protocols.ts';
import { SERVICE_NAMES, serviceName, servicePort } from '../../../src/core/flow-log/services.ts';

it('names each port by one service, and finds the port by that name', () => {
  for (const name of SERVICE_NAMES) expect(serviceName(servicePort(name) ?? -1)).toBe(name);
});

it('names each protocol number once, and finds the number by that name', () => {
  for (const name of PROTOCOL_NAMES) expect(protocolName(protocolNumber(name) ?? -1)).toBe(name);
});

it.each(['constructor', 'toString', '__proto__', ''])(
  'knows no service and no protocol called %s',
  (name) => {
    expect([servicePort(name), protocolNumber(name)]).toEqual([undefined, undefined]);
  },
);

it('has no name for an unknown port or protocol', () => {
  expect([serviceName(49_152), protocolName(253)]).toEqual([undefined, undefined]);
});
