import type { CannedQuery } from '../core/query/query.ts';
import { between } from './between.ts';
import { changes } from './changes.ts';
import { from } from './from.ts';
import { gaps } from './gaps.ts';
import { ports } from './ports.ts';
import { records } from './records.ts';
import { rejected } from './rejected.ts';
import { timeline } from './timeline.ts';
import { to } from './to.ts';
import { topTalkers } from './top-talkers.ts';
import { traffic } from './traffic.ts';
import { who } from './who.ts';
import { why } from './why.ts';

/** Every canned query, in the order in which help lists them. */
export const catalog: readonly CannedQuery[] = [
  why,
  changes,
  who,
  to,
  from,
  traffic,
  between,
  records,
  topTalkers,
  rejected,
  ports,
  timeline,
  gaps,
];
