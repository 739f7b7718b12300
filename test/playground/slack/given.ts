import type { App, Receiver } from '@slack/bolt';
import { onTestFinished } from 'vitest';
import type { PlaygroundOptions } from '../../../src/playground/slack/options.ts';
import type { SlackPlayground } from '../../../src/playground/slack/slack-playground.ts';
import { startApp, startTestPlayground } from './tiny-app.ts';

/** A playground that stops when the test does. */
export async function givenPlayground(options: Partial<PlaygroundOptions> = {}): Promise<SlackPlayground> {
  const playground = await startTestPlayground(options);
  onTestFinished(() => playground.stop());
  return playground;
}

/** A Bolt app on a playground that stops when the test does. */
export async function givenApp(
  playground: SlackPlayground,
  addListeners: (app: App) => void,
  receiver?: Receiver,
): Promise<App> {
  const app = await startApp(playground, addListeners, receiver);
  onTestFinished(async () => {
    await app.stop();
  });
  return app;
}

/** A clock that moves only when it is advanced. */
export function givenClock(start = '2026-11-23T10:00:00Z') {
  let ms = Date.parse(start);
  return {
    now: () => new Date(ms),
    advance: (byMs: number) => {
      ms += byMs;
    },
  };
}
