import { Readable } from 'node:stream';
import type { WebClient } from '@slack/web-api';
import { withDeadline } from '../../core/deadline.ts';
import { findFile } from './find-posted.ts';
import { keepTrying, type Patience } from './keep-trying.ts';
import { SLACK_TIMES } from './times.ts';
import { sendWhole } from './whole-answer.ts';

/** A file to attach. */
export interface AttachedFile {
  readonly name: string;
  readonly content: FileContent;
}

/** A thread that a file is attached to, and since when it can be there. */
export interface FileTarget {
  readonly channel: string;
  readonly threadTs: string;
  readonly since: Date;
}

/**
 * Attaches a file to a thread, in the three steps that Slack asks for. The SDK's own method holds the whole file in
 * memory; here it is sent as it is read. @throws when Slack does not take the file.
 */
export async function attachFile(
  client: WebClient,
  { channel, threadTs, since }: FileTarget,
  { name, content }: AttachedFile,
  patience: Patience,
): Promise<void> {
  const { uploadMs } = patience.times ?? SLACK_TIMES;
  const id = await keepTrying(async () => {
    const target = await client.files.getUploadURLExternal({ filename: name, length: content.bytes });
    const { upload_url: url = '', file_id: fileId = '' } = target;
    await withDeadline(uploadMs, (signal) => send(url, content, patience.now(), signal));
    return fileId;
  }, patience);
  const files: [{ id: string; title: string }] = [{ id, title: name }];
  await keepTrying(
    async () => {
      await client.files.completeUploadExternal({ channel_id: channel, thread_ts: threadTs, files });
      return true;
    },
    patience,
    async () => {
      const looked = await findFile(id, { channel, threadTs, since }, client, patience);
      return typeof looked === 'object' ? true : undefined;
    },
  );
}

function send(url: string, { bytes, read }: FileContent, now: Date, signal: AbortSignal): Promise<void> {
  const headers = { 'content-type': 'application/octet-stream', 'content-length': String(bytes) };
  return sendWhole(url, { method: 'POST', headers, body: read(), duplex: 'half', signal }, now);
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
