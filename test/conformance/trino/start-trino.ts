import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Server, serve } from '../judges/serve.ts';
import type { TrinoParts } from './ensure-trino.ts';

/** A Trino of today with the connector by which Athena reads S3. */
export interface TrinoServer extends Server {
  /** The folder that it takes for all of S3: `s3://bucket/key` is `bucket/key` in it, and `local:///bucket/key` to Trino. */
  readonly lake: string;
}

/** Starts a server over an empty lake. */
export async function startTrino({ java, server, plugins }: TrinoParts): Promise<TrinoServer> {
  const folder = await mkdtemp(join(tmpdir(), 'flowlog-trino-'));
  const [lake, catalog] = [join(folder, 'lake'), join(folder, 'catalog')];
  for (const each of [lake, catalog, join(folder, 'secrets')]) await mkdir(each);
  for (const [name, catalogOf] of Object.entries({ hive: HIVE, iceberg: ICEBERG }))
    await writeFile(
      join(catalog, `${name}.properties`),
      properties({ ...catalogOf, 'local.location': lake }),
    );
  const started = await serve({
    program: java,
    args: (port) => [
      '-Xmx2g',
      '-Djdk.attach.allowAttachSelf=true',
      ...settings({
        ...COORDINATOR,
        'http-server.http.port': String(port),
        'discovery.uri': `http://127.0.0.1:${port}`,
        'node.data-dir': join(folder, 'data'),
        'catalog.config-dir': catalog,
        'plugin.dir': plugins,
        'secrets-plugins.dir': join(folder, 'secrets'),
      }),
      ...['-cp', server, 'io.trino.server.TrinoServer'],
    ],
    env: () => ({}),
    readyPath: '/v1/info',
    isReady: (answer) => answer.includes('"starting":false'),
  });
  return {
    ...started,
    lake,
    async stop() {
      await started.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const COORDINATOR = {
  coordinator: 'true',
  'node-scheduler.include-coordinator': 'true',
  'node.environment': 'test',
  'node.id': 'flowlog',
  'query.max-memory': '1GB',
  'query.max-memory-per-node': '1GB',
  'query.max-history': '2000',
};

/** A catalog in files, with the projection of partitions by which Athena has its own. */
const HIVE = {
  'connector.name': 'hive',
  'hive.metastore': 'file',
  'hive.metastore.catalog.dir': 'local:///metastore',
  'hive.metastore.disable-location-checks': 'true',
  'hive.security': 'allow-all',
  'hive.partition-projection-enabled': 'true',
  'hive.allow-register-partition-procedure': 'true',
  'hive.ignore-absent-partitions': 'true',
  'fs.native-local.enabled': 'true',
};

/** A catalog of Iceberg tables, as table buckets and Security Lake have them. */
const ICEBERG = {
  'connector.name': 'iceberg',
  'iceberg.catalog.type': 'TESTING_FILE_METASTORE',
  'hive.metastore.catalog.dir': 'local:///iceberg',
  'fs.native-local.enabled': 'true',
};

function settings(values: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(values).map(([name, value]) => `-D${name}=${value}`);
}

function properties(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}
