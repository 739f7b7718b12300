import type { Whose } from './turns.ts';

/** Places for what is worked on in this process: from when it is taken until its end is shown. */
export interface Places {
  /** Takes a place, and returns what gives it back; undefined where there is none for this person in this channel. */
  take(whose: Pick<Whose, 'channel' | 'person'>): (() => void) | undefined;
}

/**
 * Creates `most` places. One channel has half of them at most: where Slack is slow there, or all ask there, the other channels
 * still have places. A person may hold as many as are free beyond them, so that the more one holds, the more are left to
 * others: the first question of a person is refused only where no place at all is left.
 * @see Choudhury and Hahne, "Dynamic queue length thresholds for shared-memory packet switches", 1998
 */
export function createPlaces(most: number): Places {
  const mostOfChannel = Math.ceil(most / 2);
  let taken = 0;
  const ofChannel = new Map<string, number>();
  const ofPerson = new Map<string, number>();

  return {
    take({ channel, person }) {
      const free = Math.min(most - taken, mostOfChannel - (ofChannel.get(channel) ?? 0));
      if (free <= (ofPerson.get(person) ?? 0)) return undefined;
      taken += 1;
      add(ofChannel, channel, 1);
      add(ofPerson, person, 1);
      let isHeld = true;
      return () => {
        if (!isHeld) return;
        isHeld = false;
        taken -= 1;
        add(ofChannel, channel, -1);
        add(ofPerson, person, -1);
      };
    },
  };
}

function add(counts: Map<string, number>, key: string, amount: number): void {
  const count = (counts.get(key) ?? 0) + amount;
  if (count === 0) counts.delete(key);
  else counts.set(key, count);
}
