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
  const schema = JSON.stringify(createGenerator({ path, type, skipTypeCheck: true }).createSchema(type));
  // Another process may read or write the same file now.
  const written = `${cached}.${process.pid}`;
  await mkdir(CACHE, { recursive: true });
  await writeFile(written, schema);
  await rename(written, cached);
  return schema;
}
