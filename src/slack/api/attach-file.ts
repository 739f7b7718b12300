import { Readable } from 'node:stream';
import type { WebClient } from '@slack/web-api';
import { withDeadline } from '../../core/deadline.ts';
import { SlackUrlError } from './slack-refusal.ts';

/** A file to attach. */
export interface AttachedFile {
  readonly name: string;
  readonly content: FileContent;
}

/** A hundred thousand rows are about 15 MB, which take this long over a slow line. */
const UPLOAD_MS = 120_000;
const MOST_TRIES = 3;

/**
 * Attaches a file to a thread, in the three steps that Slack asks for. The SDK's own method holds the whole file in
 * memory; here it is sent as it is read. @throws when Slack does not take the file.
 */
export async function attachFile(
  client: WebClient,
  channel: string,
  threadTs: string,
  { name, content }: AttachedFile,
): Promise<void> {
  const target = await client.files.getUploadURLExternal({ filename: name, length: content.bytes });
  const { upload_url: url = '', file_id: id = '' } = target;
  await upload(url, content);
  await client.files.completeUploadExternal({
    channel_id: channel,
    thread_ts: threadTs,
    files: [{ id, title: name }],
  });
}

/** Sends the bytes; once more when the connection broke or Slack had a fault. */
async function upload(url: string, content: FileContent, tries = 1): Promise<void> {
  try {
    await withDeadline(UPLOAD_MS, (signal) => send(url, content, signal));
  } catch (error) {
    const mayPass = error instanceof SlackUrlError && /^(no_connection|http_5)/.test(error.code);
    if (!mayPass || tries >= MOST_TRIES) throw error;
    await upload(url, content, tries + 1);
  }
}

async function send(url: string, { bytes, read }: FileContent, signal: AbortSignal): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', 'content-length': String(bytes) },
    body: read(),
    duplex: 'half',
    signal,
  }).catch((cause: unknown) => {
    throw new SlackUrlError('no_connection', { cause });
  });
  await response.arrayBuffer();
  if (!response.ok) throw new SlackUrlError(`http_${response.status}`);
}

/** The content of a file, which can be read again for each try. */
export interface FileContent {
  /** At least 1: Slack takes no empty file. */
  readonly bytes: number;
  read(): Readable;
}

/** A text as the content of a file. */
export function textContent(text: string): FileContent {
  return { bytes: Buffer.byteLength(text), read: () => Readable.from([text]) };
}
