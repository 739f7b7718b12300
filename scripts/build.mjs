/**
 * Builds the app, the command and the playground's page into `dist`. The packages that are loaded at each start go into
 * the app's few files: read one by one, their two thousand files take longer than all else that a start does.
 */
import { chmod, cp, rm } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const pathOf = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const common = { bundle: true, format: 'esm', logLevel: 'warning' };

// Files of an earlier build have other names, and would be served, too.
await rm(pathOf('dist'), { recursive: true, force: true });
await buildProgram();
await buildPage();

/** Stays outside: what has native code, and what only some start: AWS and PostgreSQL. */
async function buildProgram() {
  await build({
    ...common,
    entryPoints: [
      'src/main.ts',
      'src/cli.ts',
      'src/app/store-thread.ts',
      'src/duckdb/lake/text-thread.ts',
    ].map(pathOf),
    outdir: pathOf('dist'),
    entryNames: '[name]',
    splitting: true,
    platform: 'node',
    target: 'node20',
    chunkNames: 'chunk-[hash]',
    // V8 holds the text of a file for as long as its functions, and in two bytes a character where one of them is not in Latin 1:
    // dashes in comments of packages made seven megabytes of the largest file, which has two and a half without comments and
    // indentation. Lines stay short, so that a stack says where.
    minifyWhitespace: true,
    lineLimit: 160,
    legalComments: 'linked',
    external: ['@duckdb/node-bindings', 'libsql', 'pg', '@aws-sdk/*'],
    // Some packages ask for others at run time, with a function that modules do not have.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
  });
  await chmod(pathOf('dist/cli.js'), 0o755);
}

/** The page's code in one file, with Preact, which nothing else loads; its HTML, CSS and pictures as they are. */
async function buildPage() {
  const [from, to] = [pathOf('src/playground/slack/page/'), pathOf('dist/page/')];
  const copied = new Set(['', '.html', '.css', '.svg']);
  await cp(from, to, { recursive: true, filter: (source) => copied.has(extname(source)) });
  await build({
    ...common,
    entryPoints: [`${from}main.tsx`],
    outfile: `${to}main.js`,
    target: 'es2023',
    tsconfig: `${from}tsconfig.json`,
  });
}
