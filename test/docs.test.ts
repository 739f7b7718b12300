import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { importsOf, sourceFiles } from './support/source-files.ts';

const PAGES = [
  ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'],
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
].filter((page) => existsSync(page));

const textOf = (page: string) => readFileSync(page, 'utf8');

/** Paths of the repository in backticks; one with a placeholder, such as `src/catalog/<name>.ts`, is none. */
function pathsIn(text: string): readonly string[] {
  return [...text.matchAll(/`((?:src|test|scripts|docs|deploy)\/[^`\s<>]*)`/g)].map(([, path]) => path ?? '');
}

/** What follows an arrow: `` `src/core/line/read-line.ts` → `readLine`, `other` ``. */
function exportsIn(text: string): readonly { readonly path: string; readonly name: string }[] {
  return [...text.matchAll(/`((?:src|test|scripts)\/[^`\s<>]+\.tsx?)` → ((?:`\w+`(?:, | and )?)+)/g)].flatMap(
    ([, path = '', names = '']) =>
      [...names.matchAll(/`(\w+)`/g)].map(([, name]) => ({ path, name: name ?? '' })),
  );
}

function linksIn(page: string): readonly string[] {
  return [...textOf(page).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
    .map(([, target]) => target ?? '')
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => normalize(join(dirname(page), target)));
}

describe.each(PAGES)('%s', (page) => {
  it('names only paths that exist', () => {
    expect(pathsIn(textOf(page)).filter((path) => !existsSync(path))).toEqual([]);
  });

  it('links only to files that exist', () => {
    expect(linksIn(page).filter((path) => !existsSync(path))).toEqual([]);
  });

  it('names only exports that are there', () => {
    const missing = exportsIn(textOf(page)).filter(({ path, name }) => {
      const declared = new RegExp(
        `^export (?:async )?(?:function|const|class|interface|type) ${name}\\b`,
        'm',
      );
      return !existsSync(path) || !declared.test(readFileSync(path, 'utf8'));
    });
    expect(missing).toEqual([]);
  });
});

it('docs/architecture.md follows three lines through files that exist', () => {
  const walks = textOf('docs/architecture.md')
    .split(/^## /m)
    .filter((part) => part.startsWith('Walk'));
  expect(walks).toHaveLength(3);
  for (const walk of walks) expect(exportsIn(walk).length).toBeGreaterThan(4);
});

/** The rooms that each room imports, as the picture draws them. */
function drawnArrows(): Readonly<Record<string, readonly string[]>> {
  const picture = /```mermaid\n([\s\S]*?)```/.exec(textOf('docs/architecture.md'))?.[1] ?? '';
  const arrows = [...picture.matchAll(/^ {2}(\w+)\[[^\]]*\](?: --> ([\w &]+))?$/gm)];
  const rooms = arrows.map(([, room = '', to]) => [room, to === undefined ? [] : to.split(' & ').toSorted()]);
  return Object.fromEntries(rooms.filter(([room]) => room !== 'start'));
}

it('docs/architecture.md draws the rooms that exist, and every import between them', () => {
  const imported: Record<string, Set<string>> = {};
  for (const file of sourceFiles().filter(({ path }) => path.includes('/'))) {
    const room = file.path.split('/')[0] ?? '';
    imported[room] ??= new Set();
    for (const source of importsOf(file).filter((each) => each.startsWith('.'))) {
      const [target = ''] = posix.join(posix.dirname(file.path), source).split('/');
      if (target !== room) imported[room].add(target);
    }
  }
  const found = Object.entries(imported).map(([room, to]) => [room, [...to].toSorted()]);
  expect(drawnArrows()).toEqual(Object.fromEntries(found));
});

it('the workflow runs on the Node versions that package.json allows, from the lowest on', () => {
  const { engines } = JSON.parse(textOf('package.json'));
  const { jobs } = parse(textOf('.github/workflows/ci.yml'));
  const [least] = jobs.check.strategy.matrix.node;
  expect(engines.node).toBe(`>=${least}`);
  expect(textOf('.nvmrc').trim()).toBe(least);
});

it('the workflow runs only npm scripts that exist', () => {
  const { scripts } = JSON.parse(textOf('package.json'));
  const named = [...textOf('.github/workflows/ci.yml').matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name);
  expect(named.filter((name) => name === undefined || !Object.hasOwn(scripts, name))).toEqual([]);
});
