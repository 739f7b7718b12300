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
    ['port=443', 'There is no query `port=443`.', 'records port=443'],
    [
      '10.0.1.5 last 2h',
      '`10.0.1.5` is an address, which comes after the name of a query.',
      'to 10.0.1.5 last 2h',
    ],
    ['last 2h', '`last 2h` says when, but not what to look for: type `to <address> last 2h`.', 'help'],
    ['to', '`to` needs an address, a CIDR or a name: type `to <address>`.', 'help to'],
    [
      'between 10.0.0.1',
      '`between` needs an address, a CIDR or a name: type `between 10.0.0.1 <address>`.',
      'help between',
    ],
    ['to 10.0.1.5 443', '`to` does not take `443`.', 'to 10.0.1.5 port=443'],
    ['to 10.0.1.5 2h tcp ssh', '`to` does not take `2h tcp ssh`.', 'to 10.0.1.5 last 2h proto=tcp port=ssh'],
    ['to 10.0.1.5 a b c', '`to` does not take `a b c`.', 'help to'],
    ['to 10.0.1.5 443 xyz', '`to` does not take `443 xyz`.', 'help to'],
    ['to 10.0.1.5 443 22', '`to` does not take `443 22`.', 'help to'],
    ['records 443', '`443` is not an address.', 'records port=443'],
    ['to 10.0.1.5 prt=443', '`to` has no option `prt`.', 'to 10.0.1.5 port=443'],
    ['to 10.0.1.5 protocol=tcp', '`to` has no option `protocol`.', 'to 10.0.1.5 proto=tcp'],
    ['to 10.0.1.5 foo=bar', '`to` has no option `foo`.', 'help to'],
    ['to 10.0.1.5 prt=443 foo=bar', '`to` has no option `prt`.', 'help to'],
    ['to --foo 10.0.1.5', '`to` has no option `foo`.', 'help to'],
    ['to 10.0.1.5 __proto__=1', '`to` does not take `__proto__=1`.', 'help to'],
    ['to 10.0.1.5 port=22 port=23', '`port` is given twice, as `22` and `23`.', 'help to'],
    ['to 10.0.1.5 port=22 port=22', '`port` is given twice, as `22`.', 'to 10.0.1.5 port=22'],
    [
      'to 10.0.1.5 port=',
      '`port=` needs a port, a range of ports or a service behind it: type `to 10.0.1.5 port=<port>`.',
      'help to',
    ],
    [
      'to 10.0.1.5 --port',
      '`port=` needs a port, a range of ports or a service behind it: type `to 10.0.1.5 port=<port>`.',
      'help to',
    ],
    ['to 10.0.1.5 port=htps', '`htps` is neither a port nor a service.', 'to 10.0.1.5 port=https'],
    [
      'to 10.0.1.5 port=--',
      '`--` is neither a port nor a service: type `to 10.0.1.5 port=<port>`.',
      'help to',
    ],
    [
      'to 10.0.1.5 port=? last 1h',
      '`?` is neither a port nor a service: type `to 10.0.1.5 port=<port> last 1h`.',
      'help to',
    ],
    ['to "10.0.1.5\' OR 1=1"', "`10.0.1.5' OR 1=1` is not an address: type `to <address>`.", 'help to'],
    ["to 10.0.1.5'--", "`10.0.1.5'--` has something behind the address: type `to <address>`.", 'help to'],
    ['to ""', '`""` is not an address: type `to <address>`.', 'help to'],
    ['to 10.1.2.3/33', '`10.1.2.3/33` has a prefix above 32: type `to <address>`.', 'help to'],
    ['to 10.1.2 prot=tpc', '`to` has no option `prot`.', 'to 10.1.2.0/24 proto=tcp'],
    ['to 10.1.2.300 prot=tpc', '`to` has no option `prot`.', 'help to'],
    [
      'to 0x10.1.1.1',
      '`0x10.1.1.1` is a host name, and flow logs hold only addresses: type `to <address>`.',
      'help to',
    ],
    ['to rejectd', '`rejectd` is not an address: type `to <address>`.', 'help to'],
    ['to lats 1h', '`lats` is not an address: type `to <address> 1h`.', 'help to'],
    ['to i-0a1b', '`i-0a1b` is an instance, not an address: type `to <address>`.', 'help to'],
    ['to web* last 1h', '`web*` is not an address: type `to <address> last 1h`.', 'help to'],
    ['to "web*"', '`web*` is not an address: type `to <address>`.', 'help to'],
    ['to 10.0.1.5:22 port=443', '`10.0.1.5:22` does not go together with `port=443`.', 'help to'],
    ['to 🔥', '`🔥` is not an address: type `to <address>`.', 'help to'],
    ['🔥', 'There is no query `🔥`.', 'help'],
    ['to <!channel>', '`<!channel>` is not an address: type `to <address>`.', 'help to'],
    ['to 10.0.1.5 <@U012AB3CD>', '`to` does not take `<@U012AB3CD>`.', 'help to'],
    ['<!channel>', 'There is no query `<!channel>`.', 'help'],
  ])('%s is reported and corrected', (line, message, correctedLine) => {
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
  ])('with the window %s is reported and corrected', (window, message, corrected) => {
    expect(mistaken(`to 10.0.1.5 ${window}`)).toMatchObject({
      message,
      correctedLine: `to 10.0.1.5 ${corrected}`,
    });
    expect(outcome(`to 10.0.1.5 ${corrected}`)).not.toBeInstanceOf(Error);
  });

  it('of 40,000 characters is refused in one sentence, whatever it is full of', () => {
    for (const piece of [
      '<',
      '"',
      '10.0.1.5 ',
      'last ',
      ' a=',
      '?',
      '—',
      'from 10.0.1.5 to ',
      '10.0.1.5:443',
    ]) {
      const { message, correctedLine } = mistaken(`to ${piece.repeat(40_000)}`.slice(0, 40_000));
      expect(message).toMatch(
        /^The line that begins with `[^`]{1,61}` has 40,000 characters; 1,000 are the most\.$/,
      );
      expect(correctedLine).toBe('help to');
    }
  });

  it('of 5,000 characters is refused at once', () => {
    const line = `to ${'9'.repeat(4997)}`;
    const { message, correctedLine } = mistaken(line);
    expect(message).toBe(
      `The line that begins with \`to ${'9'.repeat(57)}…\` has 5,000 characters; 1,000 are the most.`,
    );
    expect(correctedLine).toBe('help to');
  });

  it('has long words cut and dangerous characters taken out of its message', () => {
    const { message } = mistaken(`to a\`b\u0007\u202e${'x'.repeat(200)}`);
    expect(message).toMatch(/^`a` is not an address: type `to <address>/);
    expect(message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(message.split('`')).toHaveLength(5);
  });

  it('is never cut inside an emoji', () => {
    expect(mistaken(`to ${'🔥'.repeat(100)}`).message).toBe(
      `\`${'🔥'.repeat(60)}…\` is not an address: type \`to <address>\`.`,
    );
  });

  it('with more wrong than can be put right is shown help for what it was about', () => {
    const line = 'to x a=1 b=2 c=3 d=4 e=5 f=6 g=7 h=8 i=9';
    expect(mistaken(line).correctedLine).toBe('help to');
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
