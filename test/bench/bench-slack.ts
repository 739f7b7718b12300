import { fork } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';
import { LOAD_SECRET } from '../chaos/signed-load.ts';

/** A distant Slack in a process of its own, so that it takes none of the time of what sends and measures. */
export interface BenchSlack {
  readonly apiUrl: string;
  readonly responseUrl: string;
  /** Whether the app has shown how a request ended. */
  isOver(request: string): Promise<boolean>;
  stop(): void;
}

/** What an app needs to answer the signed commands of that workspace. */
export function workspaceSettings({ apiUrl }: Pick<BenchSlack, 'apiUrl'>, port: number) {
  return {
    FLOWLOG_SLACK_MODE: 'http',
    FLOWLOG_SLACK_API_URL: apiUrl,
    SLACK_BOT_TOKEN: 'xoxb-chaos-1',
    SLACK_SIGNING_SECRET: LOAD_SECRET,
    PORT: String(port),
  };
}

const STARTED = z.object({ apiUrl: z.string(), responseUrl: z.string() });
const SEEN = z.object({ request: z.string(), isOver: z.boolean() });

/** Starts it. */
export async function startBenchSlack(): Promise<BenchSlack> {
  const child = fork(new URL('slack-process.ts', import.meta.url));
  const [started] = await once(child, 'message');
  return {
    ...STARTED.parse(started),
    async isOver(request) {
      child.send(request);
      const [seen] = await once(child, 'message');
      return SEEN.parse(seen).isOver;
    },
    stop() {
      child.kill('SIGKILL');
    },
  };
}
