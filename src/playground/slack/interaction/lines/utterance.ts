import type { DeskChannel, DeskPerson } from '../../protocol.ts';

/** A line, and who typed it where. */
export interface Utterance {
  readonly person: DeskPerson;
  readonly channel: DeskChannel;
  readonly text: string;
  readonly threadTs?: string;
}
