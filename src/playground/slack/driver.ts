import { requireChannel, requirePerson, type Stage } from './interaction/backend.ts';
import { pickShortcut, pressElement } from './interaction/press-element.ts';
import { cancelView, submitView } from './interaction/submit-view.ts';
import { typeLine } from './interaction/type-line.ts';
import type { PlaygroundMessage } from './protocol.ts';
import type { SlackPlayground } from './slack-playground.ts';
import { writeTranscript } from './transcript.ts';
import type { Announcer } from './workspace/announcer.ts';

/** What a person, or a test in their place, can do and see. */
export type Hands = Omit<
  SlackPlayground,
  'url' | 'address' | 'token' | 'slackApiUrl' | 'faults' | 'calls' | 'sockets' | 'stop'
>;

const defaultPatienceMs = 10_000;

/** Creates the hands and eyes of whoever drives a desk without its page. */
export function createHands(stage: Stage): Hands {
  const { world } = stage;
  const messages: SlackPlayground['messages'] = (channel, filter = {}) => {
    const person = filter.person && requirePerson(stage, filter.person).id;
    return world.messages.list(requireChannel(stage, channel).id, { ...filter, ...(person && { person }) });
  };
  const transcript: SlackPlayground['transcript'] = (channel, filter) =>
    writeTranscript(inThreads(messages(channel, filter)));
  const everything = () =>
    world.channels
      .all()
      .map((one) => `${one.name}\n${transcript(one.id)}`)
      .join('\n\n');
  return {
    type: (line) => typeLine(stage, line),
    click: (press) => pressElement(stage, { ...press, person: requirePerson(stage, press.person).id }),
    submit: (submission) => submitView(stage, submission),
    cancel: (person) => cancelView(stage, person),
    shortcut: (picked) => pickShortcut(stage, picked),
    messages,
    transcript,
    view: (person) => world.views.top(requirePerson(stage, person).id),
    channel: (name) => requireChannel(stage, name),
    download(file) {
      const content = world.files.find(file.id)?.content;
      if (!content) throw new Error(`no file ${file.id}`);
      return content;
    },
    until: (find, timeoutMs = defaultPatienceMs) => waitUntil(world.announcer, find, timeoutMs, everything),
  };
}

/** Each parent followed by its replies. */
function inThreads(messages: readonly PlaygroundMessage[]): readonly PlaygroundMessage[] {
  const tops = messages.filter(
    (message) => !message.threadTs || !messages.some((one) => one.ts === message.threadTs),
  );
  return tops.flatMap((top) => [top, ...messages.filter((message) => message.threadTs === top.ts)]);
}

/** Waits until `find` returns something, looking again whenever something happens on the desk. */
export function waitUntil<T>(
  announcer: Announcer,
  find: () => T | undefined,
  timeoutMs: number,
  describe: () => string,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const stopListening = announcer.listen(() => look());
    // Not everything that a test may wait for is announced: a Web API call, for one.
    const poll = setInterval(() => look(), 20);
    const timer = setTimeout(() => {
      stop();
      reject(new Error(`waited ${timeoutMs} ms in vain; the desk shows:\n${describe()}`));
    }, timeoutMs);
    function stop(): void {
      stopListening();
      clearInterval(poll);
      clearTimeout(timer);
    }
    function look(): void {
      const found = find();
      if (found === undefined) return;
      stop();
      resolve(found);
    }
    look();
  });
}
