import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/flowlog/', import.meta.url));
const require = createRequire(import.meta.url);

/** Where Grafana keeps the types of what it stores. */
const GRAFANA = 'dist/types/raw';

/** The types of official packages that tests check against, and the file of the package that declares each. */
const DECLARED_IN = {
  KnownBlock: { of: '@slack/types', file: 'dist/index.d.ts', type: 'KnownBlock' },
  Manifest: { of: '@slack/web-api', file: 'dist/types/request/manifest.d.ts', type: 'Manifest' },
  GrafanaDashboard: {
    of: '@grafana/schema',
    file: `${GRAFANA}/dashboard/x/types.gen.d.ts`,
    type: 'Dashboard',
  },
  GrafanaTimeSeries: {
    of: '@grafana/schema',
    file: `${GRAFANA}/composable/timeseries/panelcfg/x/types.gen.d.ts`,
    type: 'Options',
  },
  GrafanaTimeSeriesField: {
    of: '@grafana/schema',
    file: `${GRAFANA}/composable/timeseries/panelcfg/x/types.gen.d.ts`,
    type: 'FieldConfig',
  },
  GrafanaStat: {
    of: '@grafana/schema',
    file: `${GRAFANA}/composable/stat/panelcfg/x/types.gen.d.ts`,
    type: 'Options',
  },
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
export async function officialSchema(name: keyof typeof DECLARED_IN): Promise<object> {
  const { of, file, type } = DECLARED_IN[name];
  const manifest = require.resolve(`${of}/package.json`);
  const { version } = JSON.parse(await readFile(manifest, 'utf8'));
  const cached = join(CACHE, `${name}-${version}.schema.json`);
  const kept = await readFile(cached, 'utf8').catch(() => undefined);
  return JSON.parse(kept ?? (await generate(join(dirname(manifest), file), type, cached)));
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
