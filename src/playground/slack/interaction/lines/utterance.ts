import type { PlaygroundChannel, PlaygroundPerson } from '../../protocol.ts';

/** A line, and who typed it where. */
export interface Utterance {
  readonly person: PlaygroundPerson;
  readonly channel: PlaygroundChannel;
  readonly text: string;
  readonly threadTs?: string;
}
