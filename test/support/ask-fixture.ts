import type { Answer } from '../../src/core/answer/answer.ts';
import type { Row } from '../../src/core/query/columns.ts';
import { recordsOf } from '../fixtures/log-records.ts';
import { writeRecords } from '../fixtures/write-records.ts';
import { type OpenLake, openLake } from './open-lake.ts';
import { sharedFolder } from './shared-folder.ts';

/** When the tests ask: some minutes after the newest record of the story. */
export const NOW = new Date('2026-11-22T11:00:00Z');

/** The forty minutes of the story, which most tests ask for. */
export const STORY_WINDOW = 'since 2026-11-22T10:00Z until 2026-11-22T10:40Z';

/** How a question to the fixture differs from the usual one. */
export interface FixtureOptions {
  /** Words of another window than the story's. */
  readonly window?: string;
  readonly rowLimit?: number;
  readonly zone?: string;
}

let story: Promise<OpenLake> | undefined;

/** The lake of the story, written once for all tests of a process. */
export function storyLake(): Promise<OpenLake> {
  story ??= openStory();
  return story;
}

async function openStory(): Promise<OpenLake> {
  const folder = await sharedFolder();
  await writeRecords(folder, recordsOf());
  return openLake(folder, NOW);
}

/** Answers by question: the story never changes, and most tests of a query ask it the same line. */
const asked = new Map<string, Promise<Answer>>();

/** Asks the story a line, for real, once for all tests of a process: `askFixture('to 10.0.1.10 port=443')`. */
export function askFixture(line: string, options: FixtureOptions = {}): Promise<Answer> {
  const { window = STORY_WINDOW, ...rest } = options;
  const key = JSON.stringify([line, window, rest]);
  const answer = asked.get(key) ?? storyLake().then(({ ask }) => ask(`${line} ${window}`, rest));
  asked.set(key, answer);
  return answer;
}

/** Some columns of the rows of an answer, as people would copy them down. */
export function cells(
  { rows }: Pick<Answer, 'rows'>,
  ...columns: readonly string[]
): readonly (readonly Row[string][])[] {
  return rows.map((row) => columns.map((column) => row[column] ?? null));
}

/** The lines of the follow-ups without their window, by label. */
export function nextSteps({ followUps }: Pick<Answer, 'followUps'>): Readonly<Record<string, string>> {
  return Object.fromEntries(followUps.map(({ label, line }) => [label, line.replace(/ since .*$/, '')]));
}
