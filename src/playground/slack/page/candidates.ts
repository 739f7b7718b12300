import type { PlaygroundState } from '../protocol.ts';

/** What may complete the word before the cursor. */
export interface Candidate {
  /** The text in the line once it is accepted. */
  readonly name: string;
  readonly about: string;
}

/** The candidates for a word, and how much of the text before the cursor they replace. */
interface Candidates {
  readonly word: string;
  readonly list: readonly Candidate[];
  /** Enter takes a command or a mention, as in Slack; it sends a line whose last word may well be whole. */
  readonly takenByEnter: boolean;
}

/** Where a line is typed. */
interface Box {
  readonly isThread: boolean;
  /** In the direct message with the app every line is for the app. */
  readonly isDirect: boolean;
}

const NONE: Candidates = { word: '', list: [], takenByEnter: false };
const MOST = 8;

/**
 * What completes the text before the cursor: a command at the beginning of a line in a channel, `@` and people or the
 * app, `#` and channels, and in a line to the app the name of a machine.
 */
export function findCandidates(state: PlaygroundState, text: string, box: Box): Candidates {
  if (!box.isThread && /^\/\S*$/.test(text)) return matchingCandidates(text, commands(state), true);
  const mention = /(?:^|\s)([@#][\w.-]*)$/.exec(text)?.[1];
  if (mention !== undefined)
    return matchingCandidates(mention, mention.startsWith('@') ? people(state) : channels(state), true);
  const word = /(?:^|[\s=,])([\w.-]+)$/.exec(text)?.[1];
  if (word === undefined || !(box.isDirect || isForApp(state, text))) return NONE;
  return matchingCandidates(
    word,
    (state.names ?? []).map(({ name, address }) => ({ name, about: address })),
    false,
  );
}

function matchingCandidates(word: string, known: readonly Candidate[], takenByEnter: boolean): Candidates {
  const begins = ({ name }: Candidate) => name.toLowerCase().startsWith(word.toLowerCase());
  const isWhole = takenByEnter && known.some(({ name }) => name === word);
  const list = isWhole ? [] : known.filter((one) => begins(one) && one.name !== word);
  return { word, list: list.slice(0, MOST), takenByEnter };
}

function commands({ command, bot }: PlaygroundState): readonly Candidate[] {
  return [
    { name: command.name, about: `${command.description}  ${command.usageHint}` },
    { name: `/invite @${bot.name}`, about: 'Add the app to this channel' },
  ];
}

function people({ bot, people: all }: PlaygroundState): readonly Candidate[] {
  const app = { name: `@${bot.name}`, about: 'Ask the app here' };
  return [app, ...all.map(({ name, realName }) => ({ name: `@${name}`, about: realName }))];
}

function channels({ channels: all }: PlaygroundState): readonly Candidate[] {
  return all
    .filter(({ kind }) => kind !== 'dm')
    .map(({ name, archived }) => ({ name: `#${name}`, about: archived ? 'archived' : '' }));
}

/** A line with the command, or one that mentions the app. */
function isForApp({ command, bot }: PlaygroundState, text: string): boolean {
  return text.startsWith(`${command.name} `) || text.includes(`@${bot.name} `);
}
