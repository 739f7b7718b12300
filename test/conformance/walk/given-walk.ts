import { randomInt, randomUUID } from 'node:crypto';
import { onTestFinished, vi } from 'vitest';
import { type Asking, openAsking } from '../../../src/app/asking.ts';
import { readConfig } from '../../../src/app/config.ts';
import { ENTRIES } from '../../../src/app/reading.ts';
import { type AwsClients, createAwsClients } from '../../../src/aws/clients.ts';
import { helpFor } from '../../../src/render/help-text.ts';
import { answerInTerminal } from '../../../src/terminal/answer-in-terminal.ts';
import { REGION, signal, withCredentials } from '../../aws/given-aws.ts';
import { type FakeAthena, openFakeAthena } from '../../fakes/athena/fake-athena.ts';
import { tempFolder } from '../../support/open-local-lake.ts';
import { type Route, routeAws } from './route-aws.ts';
import { createAthenaOnS3 } from './select/athena-on-s3.ts';

/** A clock that moves only when a test moves it. */
interface WalkClock {
  now: Date;
}

/** An on-call engineer at a terminal, before servers that we did not write. */
export interface Walk {
  /** An account of its own on every server, so that nothing of another walk is there. */
  readonly account: string;
  readonly clients: AwsClients;
  readonly clock: WalkClock;
  readonly route: Route;
  readonly athena: Pick<FakeAthena, 'executions' | 'billedBytes' | 'calls'>;
  /** What Slack does: a request with an id, a person, and a record of it. */
  readonly asking: Asking;
  /** Types a line; all that the terminal says to it. `meanwhile` hears what is said while it goes on. */
  type(line: string, meanwhile?: (said: string) => void): Promise<string>;
  /** Asks a line for its rows as CSV; what is printed on standard output, in the parts in which it came. */
  csv(line: string): Promise<readonly string[]>;
  /** Stops the app and starts it again over the same state, configured otherwise where it is said. */
  restart(settings?: Settings): Promise<Walk>;
}

/** Environment variables of flowlog. */
type Settings = Readonly<Record<string, string>>;

/** Where the judges are. */
export interface Judges {
  readonly moto: string;
  readonly ministack: string;
}

const HOUR_MS = 3_600_000;

/** A new account, and the app with all its real parts before it. The clock is set to the next full hour. */
export async function givenWalk(judges: Judges): Promise<Walk> {
  const account = String(randomInt(100_000_000_000, 999_999_999_999));
  withCredentials();
  vi.stubEnv('AWS_ACCESS_KEY_ID', account);
  // The judges have clocks of their own, so that a flow log is created now, whatever we would rather have.
  const clock = { now: new Date(Math.ceil(Date.now() / HOUR_MS) * HOUR_MS) };
  const { route, athena } = await openRoute(judges, clock);
  const clients = createAwsClients({ region: REGION, credentials: undefined, endpoint: route.endpoint });
  const usual = {
    FLOWLOG_STATE: await tempFolder('state'),
    FLOWLOG_AWS_REGION: REGION,
    FLOWLOG_AWS_ENDPOINT: route.endpoint,
    // What is asked here is asked of Athena.
    FLOWLOG_DIRECT_MB: '0',
  };
  const open = async (settings: Settings): Promise<Walk> => {
    const asking = await openApp({ ...usual, ...settings }, clock);
    const restart = async (others: Settings = {}) => {
      await asking.close();
      return open({ ...settings, ...others });
    };
    return { account, clients, clock, route, athena, asking, restart, ...typingTo(asking) };
  };
  return open({});
}

/** The servers at one address, and the Athena that runs SELECTs over what they hold. */
async function openRoute({ moto, ministack }: Judges, clock: WalkClock) {
  const direct = createAwsClients({ region: REGION, credentials: undefined, endpoint: ministack });
  const [glue, s3, folder] = [await direct.glue(), await direct.s3(), await tempFolder('select')];
  const athena = await openFakeAthena(createAthenaOnS3({ glue, s3, folder, now: () => clock.now }), {
    async writeResult(location, Body) {
      const { hostname: Bucket, pathname } = new URL(location);
      await s3.putObject({ Bucket, Key: pathname.slice(1), Body });
    },
  });
  athena.addDatabase('flowlog', NOTHING_OF_ITS_OWN);
  const onSelect: Parameters<typeof routeAws>[0]['onSelect'] = ({ Name, Configuration }) =>
    athena.setWorkgroup(Name, {
      ...(Configuration.ResultConfiguration && {
        outputLocation: Configuration.ResultConfiguration.OutputLocation,
      }),
      cutoffBytes: Configuration.BytesScannedCutoffPerQuery,
    });
  return { route: await routeAws({ moto, ministack, selects: athena.endpoint, onSelect }), athena };
}

const NOTHING_OF_ITS_OWN = {
  source: { name: 'Glue', region: REGION, fields: [] },
  tables: [],
  objects: [],
  unread: [],
  notes: [],
  storedRange: undefined,
};

async function openApp(environment: Settings, clock: WalkClock): Promise<Asking> {
  const asking = await openAsking(readConfig(environment), {
    now: () => clock.now,
    elapsedMs: () => performance.now(),
    newId: () => randomUUID(),
    random: () => 0.5,
  });
  onTestFinished(() => asking.close().catch(() => {}));
  return asking;
}

function typingTo(asking: Asking): Pick<Walk, 'type' | 'csv'> {
  const parts = { ...asking, help: helpFor(ENTRIES, ''), zone: 'UTC', prompt: '', newId: () => 'reference' };
  const drained = async () => {};
  return {
    async type(line, meanwhile = () => {}) {
      const said: string[] = [];
      const say = (text: string) => {
        said.push(text);
        meanwhile(text);
      };
      const door = { ...parts, print: say, printAside: say, drained };
      await answerInTerminal(door, { line, form: 'text', rowLimit: undefined, signal });
      if (process.env.FLOWLOG_WALK_ALOUD) process.stdout.write(`\n$ ${line}\n${said.join('')}`);
      return said.join('');
    },
    async csv(line) {
      const printed: string[] = [];
      const door = {
        ...parts,
        print: (text: string) => void printed.push(text),
        printAside: () => {},
        drained,
      };
      await answerInTerminal(door, { line, form: 'csv', rowLimit: undefined, signal });
      return printed;
    },
  };
}
