import { describe, expect, expectTypeOf, it } from 'vitest';
import type { AddressRange } from '../../../src/core/flow-log/addresses.ts';
import { type ArgsOf, option, optional, required } from '../../../src/core/line/argument.ts';
import {
  type Action,
  action,
  address,
  type PortRange,
  port,
} from '../../../src/core/line/network-arguments.ts';
import { whole } from '../../../src/core/line/plain-arguments.ts';

describe('an argument', () => {
  it('is a bare word that must be given when it is required', () => {
    expect(required(address())).toMatchObject({
      place: 'bare',
      required: true,
      hint: 'address',
      example: '10.0.1.5',
    });
  });

  it('is a bare word that may be left out when it is optional', () => {
    const arg = optional(address());
    expect(arg).toMatchObject({ place: 'bare', required: false, fallback: undefined });
    expect(arg.write(undefined)).toBeUndefined();
  });

  it('is given by name when it is an option', () => {
    expect(option(port())).toMatchObject({ place: 'option', required: false, fallback: undefined });
  });

  it('is not written when it says what leaving it out says', () => {
    const top = option(whole(1, 100), 10);
    expect([top.fallback, top.write(10), top.write(11)]).toEqual([10, undefined, '11']);
    const ports = option(port(), { from: 443, to: 443 });
    expect(ports.write({ from: 443, to: 443 })).toBeUndefined();
  });

  it('offers choices only where there are few', () => {
    expect(option(action()).choices).toEqual(['accept', 'reject']);
    expect(option(port())).not.toHaveProperty('choices');
  });

  it('is not declared with an example that it does not understand', () => {
    expect(() => required(address({ example: 'here' }))).toThrow(RangeError);
  });

  it('has the type that its kind and its place give', () => {
    const spec = {
      addr: required(address()),
      peer: optional(address()),
      port: option(port()),
      action: option(action()),
      top: option(whole(1, 100), 10),
    };
    expectTypeOf<ArgsOf<typeof spec>>().toEqualTypeOf<{
      readonly addr: AddressRange;
      readonly peer: AddressRange | undefined;
      readonly port: PortRange | undefined;
      readonly action: Action | undefined;
      readonly top: number;
    }>();
  });
});
