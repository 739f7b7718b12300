import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/**
 * Compiles the store once more, with Kysely in it: its 280 files take a quarter of a second of each start, and as part of a file of
 * ours a tenth of that. All other packages and rooms are loaded as before, PostgreSQL's driver only where it is used.
 */
const from = fileURLToPath(new URL('../src/store/', import.meta.url));
const to = fileURLToPath(new URL('../dist/store/', import.meta.url));

// Parts of an earlier build have other names.
for (const name of await readdir(to)) if (name.startsWith('chunk-')) await rm(join(to, name));
await build({
  // The source: the compiler does not write a file again that has not changed.
  entryPoints: ['open-stores', 'copy-stores', 'in-use'].map((name) => `${from}${name}.ts`),
  outdir: to,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  chunkNames: 'chunk-[hash]',
  legalComments: 'inline',
  logLevel: 'warning',
  plugins: [
    {
      name: 'only the store and Kysely',
      setup({ onResolve }) {
        // esbuild leaves Kysely's own imports and those within the store to itself.
        onResolve({ filter: /^\.\.\/|^[^./]/ }, ({ path, importer, kind }) => {
          if (kind === 'entry-point' || path === 'kysely' || importer.includes('/node_modules/kysely/'))
            return;
          return { path: path.replace(/\.ts$/, '.js'), external: true };
        });
      },
    },
  ],
});
