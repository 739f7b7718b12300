/**
 * Simulates days of 1, 10 and 100 teams with the turns, places, budgets, Athena engine and Slack messages of the product, on a
 * clock that goes from event to event, and computes what else `docs/scale.md` says. `npm run simulate` prints it; `npm run
 * simulate -- 7` with another seed; `npm run simulate -- page` writes it into the page.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { PAGE_SEED, scaleParts } from '../test/simulate/scale-parts.ts';
import { withParts } from './readme-parts.ts';

const PAGE = 'docs/scale.md';

const [wish = PAGE_SEED] = process.argv.slice(2);
if (wish === 'page') {
  writeFileSync(PAGE, withParts(readFileSync(PAGE, 'utf8'), await scaleParts(PAGE_SEED)));
} else {
  for (const [name, part] of Object.entries(await scaleParts(wish)))
    process.stdout.write(`${name}\n\n${part}\n\n`);
}
