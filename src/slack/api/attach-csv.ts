import type { WebClient } from '@slack/web-api';
import type { Answer } from '../../core/answer/answer.ts';
import { answerCsv } from '../../render/machine/answer-csv.ts';
import { csvName } from '../../render/machine/csv-name.ts';

/** Attaches all rows of an answer to its thread. @throws when Slack does not take the file. */
export async function attachCsv(
  client: WebClient,
  channel: string,
  threadTs: string,
  answer: Answer,
): Promise<void> {
  const filename = csvName(answer);
  await client.filesUploadV2({
    channel_id: channel,
    thread_ts: threadTs,
    filename,
    title: filename,
    content: answerCsv(answer),
  });
}
