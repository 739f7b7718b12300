import type { Paint } from '../render/paint.ts';

/** Select Graphic Rendition of ECMA-48: on, and off again. */
const CODES: Readonly<Record<Parameters<Paint>[0], readonly [on: number, off: number]>> = {
  good: [32, 39],
  bad: [31, 39],
  doubt: [33, 39],
  strong: [1, 22],
  faint: [2, 22],
};

const ansi: Paint = (role, text) => {
  const [on, off] = CODES[role];
  return text === '' ? '' : `\u001b[${on}m${text}\u001b[${off}m`;
};

/** Colours on a terminal that has them; Node.js looks at `NO_COLOR`, `FORCE_COLOR` and `TERM`. Never into a pipe or a file. */
export function paintFor(output: Pick<NodeJS.WriteStream, 'isTTY' | 'hasColors'>): Paint | undefined {
  return output.isTTY && output.hasColors() ? ansi : undefined;
}
