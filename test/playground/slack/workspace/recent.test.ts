import { describe, expect, it } from 'vitest';
import { PLAYGROUND_LIMITS } from '../../../../src/playground/slack/limits.ts';
import { createRecent } from '../../../../src/playground/slack/workspace/recent.ts';
import { givenPlayground } from '../given.ts';
import { clientOf } from '../tiny-app.ts';

describe('a map of the newest', () => {
  it('forgets the oldest when there are too many, and returns them', () => {
    const recent = createRecent<string>(2);
    expect([recent.put('a', '1'), recent.put('b', '2'), recent.put('a', '3')]).toEqual([[], [], []]);
    expect(recent.put('c', '4')).toEqual(['3']);
    expect([recent.get('a'), recent.values()]).toEqual([undefined, ['2', '4']]);
  });

  it('forgets the oldest when they weigh too much, also when one of them grows', () => {
    const recent = createRecent<string>(10, 5, (text) => text.length);
    recent.put('a', 'xx');
    recent.put('b', 'xx');
    expect(recent.put('b', 'xxxx')).toEqual(['xx']);
    expect(recent.delete('b')).toBe(true);
    expect(recent.put('c', 'xxxxx')).toEqual([]);
  });
});

it('a playground remembers the newest messages and calls, and drops the oldest', async () => {
  const playground = await givenPlayground();
  const client = clientOf(playground);
  const most = PLAYGROUND_LIMITS.rememberedMessages;
  const first = await playground.type({ person: 'ana', channel: '#incident-42', text: 'the first' });
  expect(first.outcome).toBe('done');
  for (let said = 0; said < most; said += 1)
    await playground.type({ person: 'ana', channel: '#incident-42', text: `line ${said}` });
  const messages = playground.messages('#incident-42');
  expect([messages.length, messages[0]?.text]).toEqual([most, 'line 0']);
  for (let call = 0; call <= PLAYGROUND_LIMITS.rememberedCalls; call += 100)
    await Promise.all(Array.from({ length: 100 }, () => client.auth.test()));
  expect(playground.calls).toHaveLength(PLAYGROUND_LIMITS.rememberedCalls);
}, 30_000);
