import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMessage } from '../../../src/core/line/read-message.ts';

const SENT_AT = new Date('2026-11-22T14:05:00Z');
const NAMES = new Set(['app-1', 'db-1', 'web', 'Cache-Main']);

function read(text: string) {
  return readMessage(text, { sentAt: SENT_AT, zone: 'Europe/Berlin', names: NAMES });
}

function hosts(text: string): readonly string[] {
  return read(text).hosts.map(({ text: host, port }) => (port === undefined ? host : `${host} ${port}`));
}

describe('the hosts of a message', () => {
  it.each([
    ['an alert', '[FIRING] db-1 unreachable from 10.0.11.41', ['db-1', '10.0.11.41']],
    ['a label of a metric', 'up{instance="10.0.12.41:9187",job="postgres"} == 0', ['10.0.12.41 9187']],
    [
      'a stack trace of Java',
      'java.net.ConnectException: Connection refused: db-prod.internal/10.0.12.41:5432\n\tat org.postgresql.core.v3',
      ['10.0.12.41 5432'],
    ],
    [
      'a stack trace of Go',
      'dial tcp 10.0.11.41:48522->10.0.12.41:5432: i/o timeout',
      ['10.0.11.41 48522', '10.0.12.41 5432'],
    ],
    [
      'a stack trace of Node.js',
      "Error: connect ETIMEDOUT 10.0.12.41:6379\n  address: '10.0.12.41', port: 6379",
      ['10.0.12.41 6379'],
    ],
    [
      'JSON',
      '{"srcaddr":"10.0.11.41","dstaddr":"10.0.12.41","dstport":5432,"interface_id":"eni-0A1B2C3D4E5F60718"}',
      ['10.0.11.41', '10.0.12.41', 'eni-0a1b2c3d4e5f60718'],
    ],
    ['JSON with its lines escaped', String.raw`{"msg":"cannot reach\n10.0.12.41:5432"}`, ['10.0.12.41 5432']],
    ['a link of Slack', 'down: <http://10.0.12.41:8080/health|10.0.12.41:8080/health>', ['10.0.12.41 8080']],
    ['a link of Slack without a label', '<http://10.0.12.41:8080/health>', ['10.0.12.41 8080']],
    ['a link whose label hides the address', '<http://10.0.12.41:8080/|the API>', ['10.0.12.41 8080']],
    ['an escaped arrow', '10.0.11.41:40000 -&gt; 10.0.12.41:443', ['10.0.11.41 40000', '10.0.12.41 443']],
    ['a query that is escaped', '<https://x.test/?a=1&amp;ip=10.0.12.41>', ['10.0.12.41']],
    ['a block', 'nothing from 10.0.11.0/24 arrives', ['10.0.11.0/24']],
    ['an address at the end of a sentence', 'It is 10.0.12.41.', ['10.0.12.41']],
    ['a private DNS name', 'node ip-10-0-12-41.eu-central-1.compute.internal NotReady', ['10.0.12.41']],
    ['IPv6 with its port', 'connect [2001:DB8:0:0::1]:443 failed', ['2001:db8::1 443']],
    ['IPv6 in a sentence', 'no answer of 2001:db8::1: timeout', ['2001:db8::1']],
    ['an IPv6 block', 'route 2001:db8:1::/48 is gone', ['2001:db8:1::/48']],
    ['an instance', 'i-0a1b2c3d4e5f60718 failed its checks', ['i-0a1b2c3d4e5f60718']],
    ['a name in another case', 'cache-main:6379 times out', ['Cache-Main 6379']],
    ['the same host twice, once', '10.0.12.41 and again 10.0.12.41:5432', ['10.0.12.41 5432']],
  ])('of %s are read', (_, text, expected) => {
    expect(hosts(text)).toEqual(expected);
  });

  it.each([
    '1.2.3.4-rc1',
    'v10.0.1.5',
    'v10.0.1',
    'release 1.2.3.4',
    '"version": "10.0.1.5"',
    'Version: 10.0.1.5',
    'appVersion=1.2.3.4',
    'Mozilla/5.0 Chrome/120.0.0.0 Safari/537.36',
    'upgraded agent from 1.2.3.4 to 1.2.3.5',
    'foo==1.2.3.4',
    'foo>=1.2.3.4',
    'repo/app:1.2.3.4',
    'lib@1.2.3.4',
    'lib-1.2.3.4.jar',
    'app_1.2.3.4_amd64.deb',
    '1.3.6.1.4.1.9.9',
    '2026-11-22T13:58:04Z',
    '2026-11-22 13:58:04,123 ERROR',
    '22.11.2026 13:58',
    '13:58:04',
    '0a:1b:2c:3d:4e:5f',
    'std::string::npos and Foo::Bar and dead::beef and fade::feed',
    '3f:aa:0c:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd',
    '127.0.0.1:8080 and 0.0.0.0:80 and ::1 and 255.255.255.0',
    '999.1.1.1 and 10.0.0.256',
    '10.0.1',
    'the web is slow, and db-11 too',
    'eni-123 and i-xyz and ami-0a1b2c3d4e5f60718',
    '<@U0BEN> <#C012345|incident> <!channel>',
  ])('are not made of what is none: %s', (text) => {
    expect(hosts(text)).toEqual([]);
  });

  it('have the end that the message says they are', () => {
    const ends = (text: string) => read(text).hosts.map(({ end }) => end);
    expect(ends('from 10.0.11.41 to 10.0.12.41:5432')).toEqual(['client', 'server']);
    expect(ends('"dst": "10.0.12.41", "src": "10.0.11.41"')).toEqual(['server', 'client']);
    expect(ends('10.0.12.41 is slow')).toEqual([undefined]);
  });

  it('stand in the message, however it is written', () => {
    const piece = fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      fc.constantFrom(...'<>|:/.-@ "\n=[](),vV'.split(''), 'http://', '&gt;', '->', 'port ', ' version '),
      fc.nat(70_000).map(String),
      fc.string({ maxLength: 6 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        for (const { text: host, port } of read(text).hosts) {
          const [address = ''] = host.split('/');
          if (!host.includes('/') && !host.includes(':') && /^\d/.test(host))
            expect(text.includes(address) || text.includes(`ip-${address.replaceAll('.', '-')}`)).toBe(true);
          if (port !== undefined) expect(text).toContain(String(port));
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('are found between any words', () => {
    const word = fc.constantFrom('the', 'host', 'is', 'down', 'since', 'today', 'and', '(', '-', 'alert:');
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 8 }),
        fc.ipV4(),
        fc.array(word, { maxLength: 8 }),
        (a, ip, b) => {
          const isOfLogs = !/^(?:0|127|22[4-9]|2[345]\d)\.|^169\.254\./.test(ip);
          const found = hosts([...a, ip, ...b].join(' '));
          expect(found).toEqual(isOfLogs ? [ip] : []);
        },
      ),
    );
  });

  it('are read of a long message in a short time', () => {
    for (const piece of ['1.', ':', 'a:', '<http:', '1.2.3.4:', 'ip-1-', '<!date^', 'x/', 'version ']) {
      const started = performance.now();
      read(piece.repeat(20_000 / piece.length));
      expect(performance.now() - started).toBeLessThan(1_000);
    }
  });
});

describe('the ports of a message', () => {
  it.each([
    ['port 5432 is refused', [5432]],
    ['"dst_port": 5432, "port":"6379"', [5432, 6379]],
    ['443/tcp and udp/53', [443, 53]],
    ['transport 12, report 13, exit code 137, 42 errors', []],
    ['port 0 and port 70000', []],
  ])('are those that it calls so: %s', (text, expected) => {
    expect(read(text).ports).toEqual(expected);
  });
});

describe('the time of a message', () => {
  it.each([
    ['nothing', '2026-11-22T14:05:00.000Z'],
    ['since 14:52 in my zone', '2026-11-22T13:52:00.000Z'],
    ['at 13:59:30 by a clock of UTC', '2026-11-22T13:59:30.000Z'],
    ['at 09:00, which may be in any zone', '2026-11-22T14:05:00.000Z'],
    ['fired 2026-11-22T13:58:04Z, started 2026-11-22T13:52:13.123Z', '2026-11-22T13:52:13.000Z'],
    ['built on 2026-10-01 10:00 and due 2026-11-23T10:00Z', '2026-11-22T14:05:00.000Z'],
  ])('is the earliest of the day before it that it names: %s', (text, expected) => {
    const at = read(text).at.toISOString();
    expect(at).toBe(expected);
  });

  it('is that of a date of Slack', () => {
    const seconds = Date.parse('2026-11-22T13:52:00Z') / 1000;
    expect(read(`<!date^${seconds}^{time}|2:52 PM>`).at.toISOString()).toBe('2026-11-22T13:52:00.000Z');
  });
});
