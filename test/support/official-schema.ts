import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/flowlog/', import.meta.url));
const require = createRequire(import.meta.url);

/** The types of official packages that tests check against, and the file of the package that declares each. */
const DECLARED_IN = {
  KnownBlock: { of: '@slack/types', file: 'index.d.ts' },
  Manifest: { of: '@slack/web-api', file: 'types/request/manifest.d.ts' },
} as const;

/** Neither the browser's library nor the types of every installed package are read for it: they take three quarters of the time. */
const COMPILER = {
  target: 'es2022',
  lib: ['es2022'],
  types: [],
  module: 'nodenext',
  moduleResolution: 'nodenext',
  strict: true,
};

/**
 * The JSON schema of an official type, generated from the package as it is installed. It takes some seconds, so the
 * schema is kept below node_modules until the package has another version.
 */
export async function officialSchema(type: keyof typeof DECLARED_IN): Promise<object> {
  const { of, file } = DECLARED_IN[type];
  const built = dirname(require.resolve(of));
  const { version } = JSON.parse(await readFile(join(built, '../package.json'), 'utf8'));
  const cached = join(CACHE, `${type}-${version}.schema.json`);
  const kept = await readFile(cached, 'utf8').catch(() => undefined);
  return JSON.parse(kept ?? (await generate(join(built, file), type, cached)));
}

async function generate(path: string, type: string, cached: string): Promise<string> {
  // It brings a compiler of its own, which is not worth loading when the schema is there.
  const { createGenerator } = await import('ts-json-schema-generator');
  const tsconfig = join(CACHE, 'tsconfig.json');
  await writeWhole(tsconfig, JSON.stringify({ compilerOptions: COMPILER }));
  const schema = JSON.stringify(
    createGenerator({ path, type, tsconfig, skipTypeCheck: true }).createSchema(type),
  );
  await writeWhole(cached, schema);
  return schema;
}

/** Another process may read or write the same file now. */
async function writeWhole(path: string, text: string): Promise<void> {
  const written = `${path}.${process.pid}`;
  await mkdir(CACHE, { recursive: true });
  await writeFile(written, text);
  await rename(written, path);
}
