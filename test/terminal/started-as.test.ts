import { expect, it } from 'vitest';
import { startedAs } from '../../src/terminal/started-as.ts';

const plain = { folder: '/home/ana/flowlog', npmCommand: undefined, settings: {} };

it.each([
  ['node', { script: '/home/ana/flowlog/dist/cli.js' }, 'node dist/cli.js '],
  ['npx', { script: '/home/ana/flowlog/node_modules/.bin/flowlog', npmCommand: 'exec' }, 'npx flowlog '],
  ['the sources', { script: '/home/ana/flowlog/src/cli.ts' }, 'npx tsx src/cli.ts '],
  ['its own name', { script: '/usr/local/bin/flowlog' }, 'flowlog '],
  [
    'options',
    { script: '/usr/local/bin/flowlog', settings: { FLOWLOG_LAKE: "it's here", FLOWLOG_TZ: 'Asia/Tokyo' } },
    "flowlog --lake 'it'\\''s here' --tz Asia/Tokyo ",
  ],
])('a line that is offered can be typed as the process was started: by %s', (_, start, expected) => {
  expect(startedAs({ ...plain, ...start })).toBe(expected);
});
