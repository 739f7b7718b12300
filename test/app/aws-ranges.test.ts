import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openAwsRanges } from '../../src/app/aws-ranges.ts';
import { type AwsAnswer, startFakeAws } from '../fakes/aws/fake-aws.ts';

const { signal } = new AbortController();
const HOUR_MS = 3_600_000;

function listOf(service: string): string {
  return JSON.stringify({
    syncToken: '1772712000',
    createDate: '2026-03-05-12-00-00',
    prefixes: [
      { ip_prefix: '52.216.0.0/15', region: 'us-east-1', service, network_border_group: 'us-east-1' },
    ],
    ipv6_prefixes: [{ ipv6_prefix: '2600:1f00::/24', region: 'us-west-2', service: 'EC2' }],
  });
}

/** A server that publishes a list, a state folder, and a clock that the test moves. */
async function given(answer: () => AwsAnswer = () => ({ body: listOf('S3') })) {
  const server = await startFakeAws(answer);
  const stateFolder = await mkdtemp(join(tmpdir(), 'flowlog-ranges-'));
  onTestFinished(() => rm(stateFolder, { recursive: true, force: true }));
  let nowMs = Date.now();
  const parts = { stateFolder, url: `${server.endpoint}/ip-ranges.json`, now: () => new Date(nowMs) };
  return {
    server,
    file: join(stateFolder, 'ip-ranges.json'),
    open: () => openAwsRanges(parts),
    pass: (hours: number) => {
      nowMs += hours * HOUR_MS;
    },
  };
}

describe('the address ranges of AWS', () => {
  it('are fetched in the background, named by, and kept as AWS dated them', async () => {
    const { server, file, open } = await given();
    const { nameOf, job } = await open();
    expect(nameOf('52.216.1.1')).toBeUndefined();
    expect(server.calls).toHaveLength(0);
    await job.run(signal);
    expect([nameOf('52.216.1.1'), nameOf('2600:1f00::1')]).toEqual(['S3 us-east-1', 'EC2 us-west-2']);
    expect(await readFile(file, 'utf8')).toBe(listOf('S3'));
    expect((await open()).nameOf('52.216.1.1')).toBe('S3 us-east-1');
  });

  it('are fetched again after a day, and not before, also by another process', async () => {
    const { server, open, pass, file } = await given();
    await (await open()).job.run(signal);
    const { job } = await open();
    pass(23);
    await job.run(signal);
    expect(server.calls).toHaveLength(1);
    pass(2);
    await job.run(signal);
    expect(server.calls).toHaveLength(2);
    expect(await readFile(file, 'utf8')).toBe(listOf('S3'));
  });

  it.each([
    ['that is refused', { status: 403, body: listOf('S3') }],
    ['that is none', { body: '<html>sign in</html>' }],
    ['whose services are no words', { body: listOf('<!channel>') }],
    ['that has no end', { body: ' '.repeat(21_000_000) }],
  ] as const)('stay as they were after a list %s, which is tried again an hour later', async (_, answer) => {
    const { server, file, open, pass } = await given(() => answer);
    await writeFile(file, listOf('S3'));
    await utimes(file, 0, 0);
    const { nameOf, job } = await open();
    await job.run(signal);
    await job.run(signal);
    expect(nameOf('52.216.1.1')).toBe('S3 us-east-1');
    expect(server.calls).toHaveLength(1);
    pass(1);
    await job.run(signal);
    expect(server.calls).toHaveLength(2);
  });

  it('are absent without harm where no network and no whole file is', async () => {
    const { file, open, server } = await given(() => ({ status: 500 }));
    await writeFile(file, listOf('S3').slice(0, 40));
    const { nameOf, job } = await open();
    await job.run(signal);
    expect(server.calls).toHaveLength(1);
    expect(nameOf('52.216.1.1')).toBeUndefined();
  });
});
