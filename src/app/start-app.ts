import { join } from 'node:path';
import type { Logger } from 'pino';
import type { NotificationEnd } from '../operations/expiry/notify-endings.ts';
import { helpFor } from '../render/help-text.ts';
import { createSlackApp, type SlackApp, type SlackAppParts } from '../slack/slack-app.ts';
import { drained } from '../terminal/csv-output.ts';
import { promptForLines } from '../terminal/prompt.ts';
import { welcomeText } from '../terminal/welcome-text.ts';
import { type Asking, ENTRIES, openAsking } from './asking.ts';
import type { Config } from './config.ts';
import type { Background } from './jobs.ts';
import { openLog } from './log.ts';
import { openDesk } from './open-desk.ts';
import { slackWorkspace } from './slack-workspace.ts';
import { suggestionsFor } from './suggestions.ts';
import type { World } from './world.ts';

/** How telling that a flow log was deleted ended, for the log. */
const TELLING: Readonly<Record<NotificationEnd, string>> = {
  told: 'its end was told where it was set up',
  nowhere: 'its end was told nobody: nobody is known, or could be told',
  unsure: 'its end may not have been told: the app was stopped in the middle',
};

/** How long questions in flight may take to say that they are paused, when the app is told to stop. */
const GRACE_MS = 2_000;

/** The running app. */
export interface App {
  /** With the desk, answers lines from the terminal too, until they end; with Slack there is nothing to read. */
  serveTerminal(
    input: NodeJS.ReadStream,
    output: NodeJS.WriteStream,
    aside: NodeJS.WriteStream,
  ): Promise<void>;
  /** Stops taking questions, pauses those in flight, and ends the process's work. */
  stop(): Promise<void>;
  /** Logs a fault that nobody foresaw and ends the process. */
  crash(error: unknown): void;
  /** Where the desk is, when it is running. */
  readonly deskUrl: string | undefined;
}

/** Builds all parts from the configuration and starts them. */
export async function startApp(config: Config & { readonly zone: string }, world: World): Promise<App> {
  const configured = slackWorkspace(config);
  const asking = await openAsking(config, world);
  const log = logOf(config, configured === undefined);
  const { stillOpen } = asking;
  if (stillOpen.length > 0)
    log.warn(
      { paths: stillOpen.slice(0, 10) },
      'others of this machine can read the state: give it a folder of your own',
    );
  const suggestions = suggestionsFor(config);
  const desk = configured === undefined ? await openDesk(config, suggestions, world) : undefined;
  const workspace = configured ?? desk?.workspace;
  if (workspace === undefined) throw new Error('there is neither a Slack workspace nor a desk');
  const slack = await startSlack(
    {
      ...workspace,
      ...world,
      command: config.command,
      csvFolder: join(config.stateFolder, 'csv'),
      log,
      admitted: { teams: config.teams, guests: config.guests },
      questionsAPerson: config.questionsAPerson,
    },
    asking,
  );
  // At a desk a person reads the terminal, which says so itself.
  if (desk === undefined) void logOrigin(asking, log);
  const stopLanding = asking.start(background(log, slack));

  async function stop(): Promise<void> {
    stopLanding();
    await slack.stop(GRACE_MS);
    await desk?.desk.stop();
    await asking.close();
    process.exit(0);
  }

  return {
    deskUrl: desk?.desk.url,
    stop,
    crash(error) {
      log.fatal({ err: error }, 'stopped by an error that nobody foresaw');
      process.exit(1);
    },
    async serveTerminal(input, output, aside) {
      if (desk === undefined) return;
      output.write(welcomeText(desk.desk.url, await asking.originLines(), suggestions));
      await promptForLines(terminalParts(asking, config.zone, world, output, aside), input, output);
      // Input that has ended (no terminal, as in a container) is no wish to stop; leaving the prompt is.
      if (input.isTTY) await stop();
    },
  };
}

async function logOrigin({ originLines }: Asking, log: Logger): Promise<void> {
  for (const line of await originLines()) log.info(line);
}

/** What went on by itself goes to the log, and the ends of flow logs to where they were set up. */
function background(log: Logger, slack: SlackApp): Background {
  return {
    failed: (error) => log.error({ err: error }, 'work in the background failed'),
    deleted: (flowLogIds) => log.info({ flowLogIds }, 'flow logs deleted, because their time was over'),
    unproven: (flowLogIds) =>
      log.warn(
        { flowLogIds },
        'tags say that the time of flow logs is over, which is written down nowhere: `teardown` deletes them',
      ),
    endings: {
      notify: (place, report, line) => slack.tell(place, { report, line }),
      ended: (flowLogId, told) => log.info({ flowLogId, told }, TELLING[told]),
    },
  };
}

/** Joins Slack, or the desk, and takes up what the last stop left in flight. */
async function startSlack(
  parts: Omit<SlackAppParts, 'understand' | 'helpText' | 'asking'>,
  { understand, recorded }: Asking,
): Promise<SlackApp> {
  const slack = createSlackApp({
    ...parts,
    understand,
    helpText: (wanted, prompt) => helpFor(ENTRIES, prompt)(wanted),
    asking: recorded,
  });
  await slack.start();
  parts.log.info({ resumed: await slack.resume() }, 'ready');
  return slack;
}

/** Where the desk runs a person reads the terminal, and log lines would be in the way. */
function logOf({ logLevel, stateFolder }: Config, withDesk: boolean): Logger {
  return openLog({ level: logLevel, ...(withDesk && { file: join(stateFolder, 'flowlog.log') }) });
}

function terminalParts(
  asking: Asking,
  zone: string,
  { newId }: World,
  output: NodeJS.WriteStream,
  aside: NodeJS.WriteStream,
) {
  return {
    ...asking,
    help: helpFor(ENTRIES, ''),
    zone,
    prompt: '',
    newId,
    print: (text: string) => void output.write(text),
    drained: () => drained(output),
    printAside: (text: string) => void aside.write(text),
  };
}
