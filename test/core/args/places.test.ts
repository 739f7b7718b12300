import { describe, expect, expectTypeOf, it } from 'vitest';
import type { AddressRange } from '../../../src/core/address/address-range.ts';
import { type Action, action } from '../../../src/core/args/action.ts';
import { address } from '../../../src/core/args/address.ts';
import type { ArgsOf } from '../../../src/core/args/arg.ts';
import { option } from '../../../src/core/args/option.ts';
import { optional } from '../../../src/core/args/optional.ts';
import { type PortRange, port } from '../../../src/core/args/port.ts';
import { required } from '../../../src/core/args/required.ts';
import { whole } from '../../../src/core/args/whole.ts';

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
