import { describe, expect, it } from 'vitest';
import { A_CONTEXT, CATALOG } from './a-catalog.ts';
import { mistaken, outcome } from './asked.ts';

describe('a mistaken line', () => {
  it.each([
    ['betwen 10.0.0.1 10.0.0.2', 'There is no query `betwen`.', 'between 10.0.0.1 10.0.0.2'],
    ['rec', 'There is no query `rec`.', 'records'],
    ['unaggregated', 'There is no query `unaggregated`.', 'records'],
    ['tlkers', 'There is no query `tlkers`.', 'top-talkers'],
    ['frobnicate', 'There is no query `frobnicate`.', 'help'],
    ['constructor', 'There is no query `constructor`.', 'help'],
    ['help recrods', 'There is no query `recrods`.', 'help records'],
    ['port=443', 'There is no query `port=443`.', 'help'],
    [
      '10.0.1.5 last 2h',
      '`10.0.1.5` is an address, which comes after the name of a query.',
      'to 10.0.1.5 last 2h',
    ],
    ['last 2h', '`last 2h` says when, but not what to look for.', 'to 10.0.1.5 last 2h'],
    ['to', '`to` needs an address or a CIDR.', 'to 10.0.1.5'],
    ['between 10.0.0.1', '`between` needs an address or a CIDR.', 'between 10.0.0.1 10.0.2.7'],
    ['to 10.0.1.5 443', '`to` does not take `443`.', 'to 10.0.1.5 port=443'],
    ['to 10.0.1.5 2h tcp ssh', '`to` does not take `2h tcp ssh`.', 'to 10.0.1.5 last 2h proto=tcp port=ssh'],
    ['to 10.0.1.5 a b c', '`to` does not take `a b c`.', 'to 10.0.1.5'],
    ['records 443', '`443` is not an address.', 'records port=443'],
    ['to 10.0.1.5 prt=443', '`to` has no option `prt`.', 'to 10.0.1.5 port=443'],
    ['to 10.0.1.5 protocol=tcp', '`to` has no option `protocol`.', 'to 10.0.1.5 proto=tcp'],
    ['to 10.0.1.5 foo=bar', '`to` has no option `foo`.', 'to 10.0.1.5'],
    ['to --foo 10.0.1.5', '`to` has no option `foo`.', 'to 10.0.1.5'],
    ['to 10.0.1.5 __proto__=1', '`to` does not take `__proto__=1`.', 'to 10.0.1.5'],
    ['to 10.0.1.5 port=22 port=23', '`port` is given twice.', 'to 10.0.1.5 port=22'],
    [
      'to 10.0.1.5 port=',
      '`port=` needs a port, a range of ports or a service behind it.',
      'to 10.0.1.5 port=443',
    ],
    [
      'to 10.0.1.5 --port',
      '`port=` needs a port, a range of ports or a service behind it.',
      'to 10.0.1.5 port=443',
    ],
    ['to 10.0.1.5 port=htps', '`htps` is neither a port nor a service.', 'to 10.0.1.5 port=https'],
    ['to 10.0.1.5 port=--', '`--` is neither a port nor a service.', 'to 10.0.1.5 port=443'],
    ['to 10.0.1.5 port=? last 1h', '`?` is neither a port nor a service.', 'to 10.0.1.5 port=443 last 1h'],
    ['to "10.0.1.5\' OR 1=1"', "`10.0.1.5' OR 1=1` is not an address.", 'to 10.0.1.5'],
    ["to 10.0.1.5'--", "`10.0.1.5'--` has something behind the address.", 'to 10.0.1.5'],
    ['to ""', '`""` is not an address.', 'to 10.0.1.5'],
    ['to 10.1.2.3/33', '`10.1.2.3/33` has a prefix above 32.', 'to 10.1.2.3/32'],
    ['to 10.1.2.300 prot=tpc', '`to` has no option `prot`.', 'to 10.1.2.30 proto=tcp'],
    [
      'to web.example.com',
      '`web.example.com` is a host name, and flow logs hold only addresses.',
      'to 10.0.1.5',
    ],
    ['to 🔥', '`🔥` is not an address.', 'to 10.0.1.5'],
    ['🔥', 'There is no query `🔥`.', 'help'],
    ['to <!channel>', '`<!channel>` is not an address.', 'to 10.0.1.5'],
    ['to 10.0.1.5 <@U012AB3CD>', '`to` does not take `<@U012AB3CD>`.', 'to 10.0.1.5'],
    ['<!channel>', 'There is no query `<!channel>`.', 'help'],
  ])('%s is told and corrected', (line, message, correctedLine) => {
    expect(mistaken(line)).toMatchObject({ message, correctedLine });
    expect(outcome(correctedLine)).not.toBeInstanceOf(Error);
  });

  it.each([
    ['since 2026-12-01', '`since 2026-12-01` is in the future.', 'last 1h'],
    ['on 2026-12-01', '`on 2026-12-01` is in the future.', 'last 1h'],
    [
      'since 13:00Z until 12:00Z',
      '`since 13:00Z until 12:00Z` ends before it begins.',
      'since 2026-11-23T12:00Z until 2026-11-23T13:00Z',
    ],
    [
      'since 15:00Z until 14:00Z',
      '`since 15:00Z until 14:00Z` ends before it begins.',
      'since 2026-11-22T14:00Z until 2026-11-22T15:00Z',
    ],
    [
      'since 12:00Z until 12:00Z',
      '`since 12:00Z until 12:00Z` has no length.',
      'around 2026-11-23T12:00Z 15m',
    ],
    ['last 30d', '`last 30d` is longer than 7d, the longest window.', 'last 7d'],
    ['since 2026-11-01', '`since 2026-11-01` is longer than 7d, the longest window.', 'last 7d'],
    ['last 99999999999h', '`99999999999h` is longer than flow logs are kept.', 'last 7d'],
    ['last 0h', '`0h` is no time at all.', 'last 1h'],
    ['last banana', '`banana` is not a length of time.', 'last 1h'],
    ['last', '`last` needs a length of time.', 'last 1h'],
    ['since', '`since` needs a time.', 'since 2026-11-23T13:05Z'],
    ['since 1h ago', '`1h` is a length of time, not a time.', 'last 1h'],
    ['since 25:00', '`25:00` is not a time of day from 00:00 to 23:59.', 'since 2026-11-23T13:05Z'],
    ['since 99999-01-01', '`99999-01-01` has a year that is far too late.', 'since 2026-11-23'],
    ['since 14:00 until later', '`later` is not a time.', 'since 2026-11-23T13:00Z'],
    ['around lunch', '`lunch` is not a time.', 'around 2026-11-23T13:05Z 15m'],
    ['on monday', '`monday` is not a date like 2026-11-22.', 'yesterday'],
    [
      'until 13:00',
      '`13:00` says when the window ends, but not when it begins.',
      'since 2026-11-23T11:00Z until 2026-11-23T12:00Z',
    ],
    ['last 1h since 14:00', '`since 14:00` is a second window.', 'last 1h'],
  ])('with the window %s is told and corrected', (window, message, corrected) => {
    expect(mistaken(`to 10.0.1.5 ${window}`)).toMatchObject({
      message,
      correctedLine: `to 10.0.1.5 ${corrected}`,
    });
    expect(outcome(`to 10.0.1.5 ${corrected}`)).not.toBeInstanceOf(Error);
  });

  it('of 5,000 characters is refused at once', () => {
    const line = `to ${'9'.repeat(4997)}`;
    const { message, correctedLine } = mistaken(line);
    expect(message).toBe(
      `The line that begins with \`to ${'9'.repeat(57)}…\` has 5,000 characters; 1,000 are the most.`,
    );
    expect(correctedLine).toBe('to 10.0.1.5');
  });

  it('has long words cut and dangerous characters taken out of its message', () => {
    const { message } = mistaken(`to a\`b\u0007\u202e${'x'.repeat(200)}`);
    expect(message).toMatch(/^`to` does not take|^`a`/);
    expect(message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(message.split('`')).toHaveLength(message.includes('take') ? 5 : 3);
  });

  it('is never cut inside an emoji', () => {
    expect(mistaken(`to ${'🔥'.repeat(100)}`).message).toBe(`\`${'🔥'.repeat(60)}…\` is not an address.`);
  });

  it('with more wrong than can be put right is shown an example', () => {
    const line = 'to x a=1 b=2 c=3 d=4 e=5 f=6 g=7 h=8 i=9';
    expect(mistaken(line).correctedLine).toBe('to 10.0.1.5 last 1h');
  });

  it('that is only an address prefers the query that shows everything of it', () => {
    const traffic = CATALOG.filter(({ name }) => name === 'to').map((query) => ({
      ...query,
      name: 'traffic',
    }));
    const context = { ...A_CONTEXT, catalog: [...CATALOG, ...traffic] };
    expect(mistaken('10.0.1.5', context).correctedLine).toBe('traffic 10.0.1.5');
  });

  it('gets help as its correction from an empty catalog', () => {
    const context = { ...A_CONTEXT, catalog: [] };
    expect(mistaken('to 10.0.1.5', context).correctedLine).toBe('help');
    expect(mistaken('last 1h', context).correctedLine).toBe('help');
  });
});
