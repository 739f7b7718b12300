import { expect, it } from 'vitest';
import { PROTOCOL_NAMES, protocolName, protocolNumber } from '../../../src/core/flow-log/protocols.ts';
import { SERVICE_NAMES, serviceName, servicePort } from '../../../src/core/flow-log/services.ts';

it('each port has one service name, and that name finds the port', () => {
  for (const name of SERVICE_NAMES) expect(serviceName(servicePort(name) ?? -1)).toBe(name);
});

it('each protocol number has one name, and that name finds the number', () => {
  for (const name of PROTOCOL_NAMES) expect(protocolName(protocolNumber(name) ?? -1)).toBe(name);
});

it.each(['constructor', 'toString', '__proto__', ''])(
  'knows no service and no protocol called %s',
  (name) => {
    expect([servicePort(name), protocolNumber(name)]).toEqual([undefined, undefined]);
  },
);

it('an unknown port or protocol has no name', () => {
  expect([serviceName(49_152), protocolName(253)]).toEqual([undefined, undefined]);
});
