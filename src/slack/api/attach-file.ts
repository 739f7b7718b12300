import type { WebClient } from '@slack/web-api';

/** A text to attach, under a name that tells what it is. */
export interface TextFile {
  readonly name: string;
  readonly text: string;
}

/** Attaches a text file to a thread. @throws when Slack does not take the file. */
export async function attachFile(
  client: WebClient,
  channel: string,
  threadTs: string,
  { name, text }: TextFile,
): Promise<void> {
  await client.filesUploadV2({
    channel_id: channel,
    thread_ts: threadTs,
    filename: name,
    title: name,
    content: text,
  });
}
