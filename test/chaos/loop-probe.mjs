/**
 * Loaded into the app by `NODE_OPTIONS=--import`, so that no line of the app is there for it: measures how long its event
 * loop is blocked. A thread that does nothing else ticks as well: where that one is late at the same time, the machine was
 * busy, and the loop was not at fault. Writes what it found to the file `LOOP_PROBE_FILE`, once a second; and a CPU profile
 * for the tools of Chromium to `LOOP_PROBE_PROFILE` where that is set.
 */
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { isMainThread, Worker, workerData } from 'node:worker_threads';

const TICK_MS = 5;
/** More than is remembered is not looked at: the thread ticks at most so often during one block. */
const TICKS = 4_096;

const now = () => performance.timeOrigin + performance.now();

if (!isMainThread) {
  if (workerData?.ticks instanceof SharedArrayBuffer) tick(workerData.ticks);
} else if (process.env.LOOP_PROBE_FILE !== undefined) {
  probe(process.env.LOOP_PROBE_FILE);
  if (process.env.LOOP_PROBE_PROFILE) profile(process.env.LOOP_PROBE_PROFILE);
}

function profile(file) {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.setSamplingInterval', { interval: 1_000 });
  session.post('Profiler.start');
  // The inspector answers a session of the same thread at once.
  process.on('exit', () =>
    session.post('Profiler.stop', (_, { profile }) => writeFileSync(file, JSON.stringify(profile))),
  );
}

function tick(shared) {
  const ticks = new Float64Array(shared);
  let count = 0;
  setInterval(() => {
    ticks[count % TICKS] = now();
    count += 1;
  }, TICK_MS);
}

function probe(file) {
  const shared = new SharedArrayBuffer(TICKS * Float64Array.BYTES_PER_ELEMENT);
  const ticks = new Float64Array(shared);
  new Worker(new URL(import.meta.url), { workerData: { ticks: shared } }).unref();
  const blocks = [];
  let last = now();

  /** The longest time between two ticks of the thread while the loop was blocked. */
  function starved(from, to) {
    const within = [from, ...ticks.filter((at) => at > from && at < to).toSorted(), to];
    return Math.max(...within.slice(1).map((at, index) => at - within[index]));
  }

  setInterval(() => {
    const at = now();
    const lateMs = at - last - TICK_MS;
    // The thread's own ticks are read a moment later: it may be about to write one.
    if (lateMs > 20) blocks.push({ at, lateMs, idleMs: starved(last, at) });
    last = at;
  }, TICK_MS).unref();
  const write = () => {
    const worst = blocks.toSorted((a, b) => b.lateMs - b.idleMs - (a.lateMs - a.idleMs)).slice(0, 50);
    writeFileSync(file, JSON.stringify(worst));
  };
  setInterval(write, 1_000).unref();
  process.on('exit', write);
}
