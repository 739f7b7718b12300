import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type NameSpan, namesAt, spansOf } from '../../../src/core/lake/names.ts';
import { anInterface } from '../../support/an-interface.ts';

const at = (time: string) => new Date(`2026-03-05T${time}:00Z`);
const ms = (time: string) => at(time).getTime();

const WINDOW = { from: at('13:00'), to: at('14:00') };

const ADDRESS = '10.0.1.5';

/** What `10.0.1.5` of the VPC that is read is called, unless said otherwise. */
function span(name: string, change: Partial<NameSpan> = {}): NameSpan {
  return { of: ADDRESS, name, interfaceId: `eni-${name}`, vpcId: 'vpc-1', ...change };
}

function named(spans: readonly NameSpan[], vpcIds: readonly string[] = ['vpc-1']) {
  return namesAt(spans, { window: WINDOW, vpcIds }).get(ADDRESS);
}

describe('an interface', () => {
  it('gives its name to its id and to all of its addresses, each unique or of its VPC', () => {
    const networkInterface = anInterface({
      id: 'eni-1',
      name: 'web-1',
      addresses: ['10.0.1.5', '203.0.113.9', '2001:db8::5'],
      publicAddresses: ['203.0.113.9'],
      attachedAt: at('12:00'),
    });
    const known = { name: 'web-1', interfaceId: 'eni-1', fromMs: ms('12:00') };
    expect(spansOf(networkInterface)).toEqual([
      { ...known, of: 'eni-1', vpcId: '' },
      { ...known, of: '10.0.1.5', vpcId: 'vpc-1' },
      { ...known, of: '203.0.113.9', vpcId: '' },
      { ...known, of: '2001:db8::5', vpcId: '' },
    ]);
  });

  it('without a name gives none', () => {
    expect(spansOf(anInterface({ name: '', description: '' }))).toEqual([]);
  });
});

describe('the name of an address', () => {
  it('is that of the interface that was attached before the window', () => {
    expect(named([span('db-1', { fromMs: ms('12:00') })])).toEqual({
      name: 'db-1',
      from: 'EC2',
      since: undefined,
    });
    expect(named([span('db-1')])).toMatchObject({ name: 'db-1', since: undefined });
  });

  it.each(['13:58', '15:30'])('is marked where its interface was attached at %s', (time) => {
    expect(named([span('app-7', { fromMs: ms(time) })])).toEqual({
      name: 'app-7',
      from: 'EC2',
      since: at(time),
      windowEnd: WINDOW.to,
    });
  });

  it('is the name of then where that was written down, whatever has the address now', () => {
    const then = span('db-1', { fromMs: ms('10:00'), toMs: ms('14:30') });
    expect(named([span('app-7', { fromMs: ms('15:00') }), then])).toMatchObject({
      name: 'db-1',
      since: undefined,
    });
  });

  it('is followed by the one before where both had the address in the window', () => {
    const before = span('db-1', { fromMs: ms('10:00'), toMs: ms('13:20') });
    expect(named([span('app-7', { fromMs: ms('13:30') }), before])).toMatchObject({
      name: 'app-7',
      since: at('13:30'),
      before: 'db-1',
    });
  });

  it('begins no earlier than an interface that was called otherwise ended to be called so', () => {
    const same = { interfaceId: 'eni-1' };
    const before = span('db-old', { ...same, fromMs: ms('10:00'), toMs: ms('13:20') });
    expect(named([span('db-1', { ...same, fromMs: ms('10:00') }), before])).toMatchObject({
      name: 'db-1',
      since: at('13:20'),
      before: 'db-old',
    });
  });

  it('is the same where EC2 says what was written down', () => {
    const fromMs = ms('10:00');
    expect(named([span('db-1', { fromMs }), span('db-1', { fromMs })])).toMatchObject({ since: undefined });
  });

  it('is that within the VPC that is read, and says where it is found in another one alone', () => {
    const other = span('other', { vpcId: 'vpc-2' });
    expect(named([other, span('db-1')])).toMatchObject({ name: 'db-1' });
    expect(named([other])).toMatchObject({ name: 'other in vpc-2' });
    expect(named([other], [])).toMatchObject({ name: 'other' });
  });

  it('is none where it means several interfaces', () => {
    const two = [span('one', { vpcId: 'vpc-2' }), span('two', { vpcId: 'vpc-3' })];
    expect(named(two)).toBeUndefined();
    expect(named(two, [])).toBeUndefined();
    expect(named(two, ['vpc-2', 'vpc-3'])).toBeUndefined();
  });

  it('is not looked for among VPCs where it ended before the window', () => {
    const gone = span('gone', { vpcId: 'vpc-2', toMs: ms('12:00') });
    expect(named([gone, span('here', { vpcId: 'vpc-3' })], [])).toMatchObject({ name: 'here' });
    expect(named([gone])).toBeUndefined();
  });

  it('is one line without anything that could break it, whatever the tag holds', () => {
    expect(named([span('db\n`1`\u202e')])?.name).toBe('db  1  ');
  });
});

const KEYS = ['10.0.1.5', '10.0.1.6', 'eni-1', '2001:db8::5'];

const ANY_SPAN = fc.record({
  of: fc.constantFrom(...KEYS),
  name: fc.constantFrom('a', 'b', 'c'),
  interfaceId: fc.constantFrom('eni-1', 'eni-2'),
  vpcId: fc.constantFrom('', 'vpc-1', 'vpc-2'),
  fromMs: fc.option(fc.integer({ min: ms('10:00'), max: ms('16:00') }), { nil: undefined }),
  toMs: fc.option(fc.integer({ min: ms('10:00'), max: ms('16:00') }), { nil: undefined }),
});
const VPCS = fc.uniqueArray(fc.constantFrom('vpc-1', 'vpc-2'));

it('no address has the name of another, and none is named silently that got its name later', () => {
  fc.assert(
    fc.property(fc.array(ANY_SPAN), VPCS, (spans, vpcIds) => {
      for (const [of, { name, since, before }] of namesAt(spans, { window: WINDOW, vpcIds })) {
        const own = spans.filter((each) => each.of === of);
        const written = own.flatMap((each) => [each.name, `${each.name} in ${each.vpcId}`]);
        expect(written).toContain(name);
        if (before !== undefined) expect(written).toContain(before);
        const earliest = Math.min(...own.map(({ fromMs = 0 }) => fromMs));
        if (earliest > WINDOW.from.getTime()) expect(since).toBeDefined();
        if (since !== undefined) expect(since.getTime()).toBeGreaterThan(WINDOW.from.getTime());
      }
    }),
  );
});

it('names do not depend on the order in which they are found out', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(ANY_SPAN, { selector: ({ of, fromMs = 0 }) => `${of} ${fromMs}` }),
      VPCS,
      (spans, vpcIds) => {
        const asked = { window: WINDOW, vpcIds };
        expect(new Map(namesAt(spans.toReversed(), asked))).toEqual(new Map(namesAt(spans, asked)));
      },
    ),
  );
});
