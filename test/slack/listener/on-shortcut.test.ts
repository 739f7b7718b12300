import { describe, expect, it } from 'vitest';
import { givenSlack } from '../given-slack.ts';

const INCIDENT = '#incident-42';
const NOW = new Date('2026-11-22T14:05:00Z');

/** What the form is filled with that is opened on a message. */
async function lineFor(text: string, names: readonly string[] = []): Promise<string> {
  const { playground } = await givenSlack({ names: new Set(names), now: () => NOW });
  await playground.type({ person: 'ana', channel: INCIDENT, text });
  const ts = playground.messages(INCIDENT)[0]?.ts ?? '';
  await playground.shortcut({ person: 'ben', callbackId: 'flowlog_ask', channel: INCIDENT, ts });
  const view = await playground.until(() => playground.view('ben'));
  const preview = view.blocks.at(-1);
  const [section] = preview?.type === 'rich_text' ? preview.elements : [];
  const leaf = section?.elements.at(-1);
  return leaf !== undefined && 'text' in leaf ? String(leaf.text) : '';
}

describe('the shortcut of a message', () => {
  it.each([
    [
      'why one host does not reach another',
      'dial tcp 10.0.11.41:48522->10.0.12.41:5432: i/o timeout',
      '/flowlog why 10.0.11.41 10.0.12.41 port=5432 since 2026-11-22T13:50Z',
    ],
    [
      'who connects to the one that it names',
      'up{instance="10.0.12.41:9187"} == 0, since 13:55:10',
      '/flowlog to 10.0.12.41 port=9187 since 2026-11-22T13:40Z',
    ],
    ['what a client called', 'timeout from 10.0.11.41', '/flowlog from 10.0.11.41 since 2026-11-22T13:50Z'],
    [
      'what was rejected on a port',
      'port 6379 refused',
      '/flowlog rejected port=6379 since 2026-11-22T13:50Z',
    ],
    [
      'what is between blocks',
      '10.0.11.0/24 -> 10.0.12.0/24 is down',
      '/flowlog between 10.0.11.0/24 10.0.12.0/24 since 2026-11-22T13:50Z',
    ],
    [
      'an instance by its id',
      'i-0a1b2c3d4e5f60718 fails its checks',
      '/flowlog to i-0a1b2c3d4e5f60718 since 2026-11-22T13:50Z',
    ],
    [
      'an old alert as it was',
      'started 2026-11-22T02:00:00Z: 10.0.12.41 down',
      '/flowlog to 10.0.12.41 since 2026-11-22T01:45Z until 2026-11-22T03:00Z',
    ],
  ])('fills the form with %s', async (_, text, line) => {
    expect(await lineFor(text)).toBe(line);
  });

  it('fills the form with names that EC2 knows, and with no others', async () => {
    const line = '/flowlog why app-1 db-1 port=5432 since 2026-11-22T13:50Z';
    expect(await lineFor('app-1 cannot reach db-1:5432 (see web-7)', ['app-1', 'db-1'])).toBe(line);
    expect(await lineFor('app-1 cannot reach db-1:5432')).toContain('Give an address');
  });

  it('fills nothing of a message that names nothing', async () => {
    expect(await lineFor('the api v10.0.1.5 is slow')).toContain('Give an address');
  });
});
