import type { Announcer } from './world/announcer.ts';

/** Waits until `find` returns something, looking again whenever something happens on the desk. */
export function waitUntil<T>(
  announcer: Announcer,
  find: () => T | undefined,
  timeoutMs: number,
  describe: () => string,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const stopListening = announcer.listen(() => look());
    // Not everything that a test may wait for is announced: a Web API call, for one.
    const poll = setInterval(() => look(), 20);
    const timer = setTimeout(() => {
      stop();
      reject(new Error(`waited ${timeoutMs} ms in vain; the desk shows:\n${describe()}`));
    }, timeoutMs);
    function stop(): void {
      stopListening();
      clearInterval(poll);
      clearTimeout(timer);
    }
    function look(): void {
      const found = find();
      if (found === undefined) return;
      stop();
      resolve(found);
    }
    look();
  });
}
