import { expect, it } from 'vitest';
import { clean } from '../../../src/core/line/tokens.ts';
import { asked } from './asked.ts';

it.each([
  ['to 10.0.1.5 \u2014last 30m', 'to 10.0.1.5 --last 30m'],
  ['port=8000\u20138100', 'port=8000-8100'],
  ['\u201cto\u201d \u2018x\u2019', '"to" \'x\''],
  ['to\u00a010.0.1.5\u200b', 'to 10.0.1.5'],
  ['to\t10.0.1.5\r\n', 'to 10.0.1.5'],
  ['to <http://10.0.1.5|10.0.1.5>', 'to 10.0.1.5'],
  ['to <https://web.example.com/>', 'to web.example.com'],
  ['to <tel:10015|10.0.1.5>', 'to 10.0.1.5'],
  ['to <@U012AB3CD> <!channel>', 'to <@U012AB3CD> <!channel>'],
  ['a &amp; b &lt;c&gt; &amp;lt;', 'a & b <c> &lt;'],
  ['`to 10.0.1.5`', 'to 10.0.1.5'],
  ['who talked to 10.0.1.5???', 'who talked to 10.0.1.5'],
  ['to ?', 'to ?'],
  ['?', '?'],
  ['\uff54\uff4f\u3000\uff11\uff10.0.1.5', 'to 10.0.1.5'],
  ['a\ud800b', 'a\ufffdb'],
])('%j is cleaned to %j', (typed, line) => {
  expect(clean(typed)).toBe(line);
});

it.each([
  'to 10.0.1.5 \u2014last 30m',
  'to 10.0.1.5 \u2013last 30m',
  'to 10.0.1.5 --last 30m',
  'to 10.0.1.5 -last 30m',
  'to \u201c10.0.1.5\u201d \u2014\u2014last=30m',
])('%j is the line that was meant', (line) => {
  expect(asked(line).line).toBe('to 10.0.1.5 last 30m');
});
