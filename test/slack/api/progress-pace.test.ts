import { describe, expect, it } from 'vitest';
import { createProgressPace } from '../../../src/slack/api/progress-pace.ts';

function givenPace(processes = 1) {
  let nowMs = 1_000_000;
  const stopping = new AbortController();
  const pace = createProgressPace(
    () => new Date(nowMs),
    () => processes,
    stopping.signal,
  );
  const pass = (milliseconds: number) => {
    nowMs += milliseconds;
  };
  const written = (tries: number) =>
    Array.from({ length: tries }, () => pace.mayWrite()).filter(Boolean).length;
  return { pace, pass, written, stop: () => stopping.abort() };
}

describe('the pace of progress', () => {
  it('leaves half of what Slack allows in a minute to answers, however many questions show their progress', () => {
    const { pass, written } = givenPace();
    expect(written(100)).toBe(10);
    let inAMinute = 0;
    for (let second = 0; second < 60; second += 1) {
      pass(1_000);
      inAMinute += written(100);
    }
    expect(inAMinute).toBeGreaterThanOrEqual(24);
    expect(inAMinute).toBeLessThanOrEqual(25);
  });

  it('is shared by the processes that write in the workspace', () => {
    const { pass, written } = givenPace(5);
    written(100);
    pass(60_000);
    expect(written(100)).toBe(5);
  });

  it('lets each question say that it is paused when the app stops, unless Slack asks to wait', () => {
    const { pace, written, stop } = givenPace();
    written(100);
    stop();
    expect(written(60)).toBe(60);
    pace.holdFor(30_000);
    expect(written(60)).toBe(0);
  });

  it('stops for as long as Slack asks to wait, and goes on then', () => {
    const { pace, pass, written } = givenPace();
    pace.holdFor(30_000);
    pass(29_999);
    expect(written(1)).toBe(0);
    pass(1);
    expect(written(1)).toBe(1);
  });

  it('goes on after the clock was put back', () => {
    const { pass, written } = givenPace();
    expect(written(20)).toBe(10);
    pass(-3_600_000);
    expect(written(1)).toBe(0);
    pass(2_400);
    expect(written(1)).toBe(1);
  });
});
