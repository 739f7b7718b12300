import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { ensureTrino } from '../trino/ensure-trino.ts';
import { startTrino } from '../trino/start-trino.ts';
import { ensureVenv } from './ensure-venv.ts';
import { serve } from './serve.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the judges' programs are. */
    programs: string;
    /** The address of each server. */
    moto: string;
    ministack: string;
    trino: string;
    /** The folder that Trino takes for S3. */
    trinoLake: string;
    /** The old Trino: a Java and its class path. */
    oldTrino: { readonly java: string; readonly classPath: string };
  }
}

/** Starts the judges for all tests and stops them in the end. One that cannot be installed or started fails the run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const programs = await ensureVenv();
  const parts = await ensureTrino(programs);
  const servers = await Promise.all([startMoto(programs), startMinistack(programs), startTrino(parts)]);
  const [moto, ministack, trino] = servers;
  project.provide('programs', programs);
  project.provide('moto', moto.endpoint);
  project.provide('ministack', ministack.endpoint);
  project.provide('trino', trino.endpoint);
  project.provide('trinoLake', trino.lake);
  project.provide('oldTrino', { java: parts.java, classPath: parts.old });
  return async () => {
    await Promise.all(servers.map((server) => server.stop()));
  };
}

function startMoto(programs: string) {
  return serve({
    program: join(programs, 'moto_server'),
    args: (port) => ['--host', '127.0.0.1', '--port', String(port)],
    env: () => ({}),
    readyPath: '/moto-api/data.json',
  });
}

/** Of some sixty services only those that are asked; its other listeners have ports of their own that may be taken. */
function startMinistack(programs: string) {
  return serve({
    program: join(programs, 'ministack'),
    args: () => [],
    env: (port) => ({
      GATEWAY_PORT: String(port),
      BIND_HOST: '127.0.0.1',
      SERVICES: 's3,sts,glue,athena',
      ATHENA_ENGINE: 'duckdb',
      IOT_MTLS_ENABLED: '0',
      SFTP_ENABLED: '0',
    }),
    readyPath: '/_ministack/health',
  });
}
