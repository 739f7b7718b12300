import { pickShortcut, pressElement } from './interaction/press-element.ts';
import { requireChannel, requirePerson, type SlackBackend } from './interaction/slack-backend.ts';
import { cancelView, submitView } from './interaction/submit-view.ts';
import { typeLine } from './interaction/type-line.ts';
import type { PlaygroundMessage } from './protocol.ts';
import type { SlackPlayground } from './slack-playground.ts';
import { writeTranscript } from './transcript.ts';
import type { Announcer } from './workspace/announcer.ts';

/** The part of the handle that acts and reads for a person. */
type Driver = Omit<
  SlackPlayground,
  'url' | 'address' | 'token' | 'slackApiUrl' | 'faults' | 'calls' | 'sockets' | 'stop'
>;

const defaultTimeoutMs = 10_000;

/** Creates what a test uses in a person's place: the same functions that the page's requests call. */
export function createDriver(backend: SlackBackend): Driver {
  const { workspace } = backend;
  const messages: SlackPlayground['messages'] = (channel, filter = {}) => {
    const person = filter.person && requirePerson(backend, filter.person).id;
    return workspace.messages.list(requireChannel(backend, channel).id, {
      ...filter,
      ...(person && { person }),
    });
  };
  const transcript: SlackPlayground['transcript'] = (channel, filter) =>
    writeTranscript(inThreads(messages(channel, filter)));
  const everything = () =>
    workspace.channels
      .all()
      .map((one) => `${one.name}\n${transcript(one.id)}`)
      .join('\n\n');
  return {
    type: (line) => typeLine(backend, line),
    click: (press) => pressElement(backend, { ...press, person: requirePerson(backend, press.person).id }),
    submit: (submission) => submitView(backend, submission),
    cancel: (person) => cancelView(backend, person),
    shortcut: (picked) => pickShortcut(backend, picked),
    messages,
    transcript,
    view: (person) => workspace.views.top(requirePerson(backend, person).id),
    channel: (name) => requireChannel(backend, name),
    download(file) {
      const content = workspace.files.find(file.id)?.content;
      if (!content) throw new Error(`no file ${file.id}`);
      return content;
    },
    until: (find, timeoutMs = defaultTimeoutMs) =>
      waitUntil(workspace.announcer, find, timeoutMs, everything),
  };
}

/** Each parent followed by its replies. */
function inThreads(messages: readonly PlaygroundMessage[]): readonly PlaygroundMessage[] {
  const tops = messages.filter(
    (message) => !message.threadTs || !messages.some((one) => one.ts === message.threadTs),
  );
  return tops.flatMap((top) => [top, ...messages.filter((message) => message.threadTs === top.ts)]);
}

/** Waits until `find` returns something, looking again whenever something happens in the workspace. */
function waitUntil<T>(
  announcer: Announcer,
  find: () => T | undefined,
  timeoutMs: number,
  describe: () => string,
): Promise<T> {
  return new Promise((resolve, reject) => {
    let isOver = false;
    // The request that made a change is answered first: the app then has the answer when a test acts on the change.
    const stopListening = announcer.listen(() => void setImmediate(look));
    // Not everything that a test may wait for is announced: a Web API call, for one.
    const poll = setInterval(look, 20);
    const timer = setTimeout(() => {
      stop();
      reject(new Error(`waited ${timeoutMs} ms without a result; the channels hold:\n${describe()}`));
    }, timeoutMs);
    function stop(): void {
      isOver = true;
      stopListening();
      clearInterval(poll);
      clearTimeout(timer);
    }
    function look(): void {
      if (isOver) return;
      const found = find();
      if (found === undefined) return;
      stop();
      resolve(found);
    }
    look();
  });
}
