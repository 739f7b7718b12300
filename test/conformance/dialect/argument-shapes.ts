import type { Arg } from '../../../src/core/line/argument.ts';
import type { CannedQuery } from '../../../src/core/query/query.ts';

/** Words of every kind; each argument takes those that it understands. */
const WORDS = [
  '10.0.1.5',
  '10.0.0.0/8',
  '2001:db8::1',
  '2001:db8::/32',
  '443',
  '8000-8100',
  '0',
  'udp',
  'egress',
  'reject',
  'eni-0a0a0a0a0a0a0a0a0',
];

type Args = Readonly<Record<string, unknown>>;

/** The arguments of a query in many shapes: as few as may be, all of them, and each in every way that it takes. */
export function argumentShapes({ args }: CannedQuery): readonly Args[] {
  const all = Object.entries(args);
  const least = Object.fromEntries(all.map(([name, arg]) => [name, leastOf(arg)]));
  const most = Object.fromEntries(all.map(([name, arg]) => [name, understood(arg, arg.example)]));
  const changed = all.flatMap(([name, arg]) =>
    [...(arg.choices ?? []), ...WORDS].flatMap((word) => {
      const value = understood(arg, word);
      return value === undefined ? [] : [{ ...least, [name]: value }];
    }),
  );
  return [least, most, ...changed];
}

function leastOf(arg: Arg<unknown>): unknown {
  return arg.required ? understood(arg, arg.example) : arg.fallback;
}

function understood(arg: Arg<unknown>, word: string): unknown {
  const reading = arg.read(word);
  return 'value' in reading ? reading.value : undefined;
}
