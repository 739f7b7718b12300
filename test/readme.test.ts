import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readmeParts, withParts } from '../scripts/readme-parts.ts';
import { catalog } from '../src/catalog/index.ts';
import { readRequest } from '../src/core/operation/request.ts';

const readme = readFileSync('README.md', 'utf8');
const { dependencies, scripts, engines } = JSON.parse(readFileSync('package.json', 'utf8'));
const context = {
  catalog,
  now: new Date('2026-11-22T15:00:00Z'),
  zone: 'UTC',
  longestWindowSeconds: 7 * 86_400,
};

it('the README has the tables that the code generates', () => {
  expect(withParts(readme, readmeParts(dependencies))).toBe(readme);
});

it('the README shows pictures that exist', () => {
  const pictures = [...readme.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, path]) => path ?? '');
  expect(pictures.length).toBeGreaterThan(0);
  for (const picture of pictures) expect(existsSync(picture), picture).toBe(true);
});

it('the README names only npm scripts that exist', () => {
  const named = [...readme.matchAll(/npm (?:run )?(start|test|[a-z]+:?[a-z]*)\b/g)].map(
    ([, name]) => name ?? '',
  );
  for (const name of named.filter((word) => !['ci', 'run'].includes(word)))
    expect(Object.keys(scripts)).toContain(name);
});

it('the README and package.json require the same Node version', () => {
  expect(engines.node).toBe('>=20.19');
  expect(readme).toContain('Node 20.19 or later');
});

it('the lines in the README parse', () => {
  const lines = [...readme.matchAll(/npx flowlog --lake \S+(?: --\w+)* "([^"]+)"/g)].map(
    ([, line]) => line ?? '',
  );
  expect(lines).toHaveLength(3);
  for (const line of lines) expect(readRequest(line, context)).toHaveProperty('query');
});
