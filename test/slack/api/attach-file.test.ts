import { expect, it, onTestFinished } from 'vitest';
import { startSlackPlayground } from '../../../src/playground/slack/start-slack-playground.ts';
import { attachFile, textContent } from '../../../src/slack/api/attach-file.ts';
import { createBoltLogger, createClients } from '../../../src/slack/api/clients.ts';
import { ALL_SCOPES } from '../../../src/slack/scopes.ts';
import { nextId, TOKENS } from '../given-slack.ts';

const channel = 'C0INCIDENT';

it('a file is attached once where a connection breaks, also behind another one of the same name', async () => {
  const playground = await startSlackPlayground({
    now: () => new Date(),
    newId: nextId,
    newSecret: nextId,
    ...TOKENS,
    scopes: ALL_SCOPES,
  });
  onTestFinished(() => playground.stop());
  const logger = createBoltLogger({ info() {}, warn() {}, error() {} }, () => new Date());
  const { patient } = createClients({
    ...TOKENS,
    slackApiUrl: playground.slackApiUrl,
    logger,
    now: () => new Date(),
  });
  const { ts: threadTs = '' } = await patient.chat.postMessage({ channel, text: 'a question' });
  const patience = { now: () => new Date(), stopping: new AbortController().signal };
  const attach = (text: string) =>
    attachFile(
      patient,
      { channel, threadTs, since: new Date() },
      { name: 'rows.csv', content: textContent(text) },
      patience,
    );
  await attach('first');
  for (const when of ['before', 'after'] as const) {
    playground.faults.next('files.completeUploadExternal', { kind: 'drop', when });
    await attach(when);
  }
  const files = playground.messages(channel).flatMap((message) => message.files);
  expect(files.map((file) => playground.download(file).toString())).toEqual(['first', 'before', 'after']);
});
