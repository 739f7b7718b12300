import type { RecordedAsk } from '../../core/answer/recorded-ask.ts';
import type { HelpWanted, Understanding } from '../../core/question.ts';
import type { Clients } from '../api/clients.ts';
import type { Respond } from '../api/response-url.ts';
import type { AdmitParts } from './admission.ts';
import type { AskedLately, Running } from './running.ts';

/** What every door of Slack needs to hear a line and to answer it. */
export interface QuestionParts extends AdmitParts {
  /** Name of the slash command. */
  readonly command: string;
  /** What the app is called where it is mentioned; known once Slack was asked. */
  readonly botName: () => string;
  /** Reads a line, in microseconds. @throws UserError for a mistake. */
  readonly understand: (line: string, zone: string) => Understanding;
  readonly helpText: (wanted: HelpWanted, prompt: string) => string;
  readonly asking: RecordedAsk;
  readonly now: () => Date;
  readonly newId: () => string;
  /** Where the rows of long answers lie while they are attached. */
  readonly csvFolder: string;
  readonly clients: Clients;
  readonly respond: Respond;
  /** How many questions of a person may wait or run at once; undefined for as many as they like. */
  readonly questionsAPerson?: number | undefined;
  readonly running: Running;
  readonly askedLately: AskedLately;
}
