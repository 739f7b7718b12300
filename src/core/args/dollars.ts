import type { Kind } from './kind.ts';

const DOLLARS = /^\$?(\d{1,7}(?:\.\d{1,2})?)$/;

/** An amount of US dollars, to the cent: `0.75`, `$2`. */
export function dollars(): Kind<number> {
  return {
    hint: 'dollars',
    about: 'dollars that the question may cost',
    example: '1.50',
    read: (word) => {
      const amount = DOLLARS.exec(word)?.[1];
      if (amount === undefined) return { problem: 'is not an amount of dollars' };
      return Number(amount) > 0 ? { value: Number(amount) } : { problem: 'is nothing to spend' };
    },
    write: (value) => value.toFixed(2),
  };
}
