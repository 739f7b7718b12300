import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { withParts } from '../../scripts/readme-parts.ts';
import { PAGE_SEED, scaleParts } from './scale-parts.ts';

it('docs/scale.md has what the simulation prints', async () => {
  const page = readFileSync('docs/scale.md', 'utf8');
  expect(page, 'write it anew: npm run simulate -- page').toBe(withParts(page, await scaleParts(PAGE_SEED)));
}, 120_000);
