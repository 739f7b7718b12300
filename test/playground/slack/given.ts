import type { App, Receiver } from '@slack/bolt';
import { onTestFinished } from 'vitest';
import type { Desk } from '../../../src/playground/slack/desk.ts';
import type { DeskOptions } from '../../../src/playground/slack/desk-options.ts';
import { startApp, startTestDesk } from './tiny-app.ts';

/** A desk that stops when the test does. */
export async function givenDesk(options: Partial<DeskOptions> = {}): Promise<Desk> {
  const desk = await startTestDesk(options);
  onTestFinished(() => desk.stop());
  return desk;
}

/** A Bolt app on a desk that stops when the test does. */
export async function givenApp(
  desk: Desk,
  addListeners: (app: App) => void,
  receiver?: Receiver,
): Promise<App> {
  const app = await startApp(desk, addListeners, receiver);
  onTestFinished(async () => {
    await app.stop();
  });
  return app;
}

/** A clock that moves only when it is told to. */
export function givenClock(start = '2026-11-23T10:00:00Z') {
  let ms = Date.parse(start);
  return {
    now: () => new Date(ms),
    advance: (byMs: number) => {
      ms += byMs;
    },
  };
}
