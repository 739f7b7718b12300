import { z } from 'zod';
import type { Setting } from './setting.ts';

/** Where metrics and probes are served. */
export const METRICS_SETTINGS = {
  metricsPort: {
    variable: 'FLOWLOG_METRICS_PORT',
    key: 'metrics-port',
    about:
      'Port of `/metrics` for Prometheus and of the probes `/healthz` and `/readyz`; 0 takes any that is free, which the log names',
    fallbackWords: 'none: nothing is served',
    schema: z.coerce.number({ error: 'is not a number' }).int().min(0).max(65_535).optional(),
  },
  metricsHost: {
    variable: 'FLOWLOG_METRICS_HOST',
    key: 'metrics-host',
    about:
      'The address of this machine on which they are served: `0.0.0.0` in a cluster, whose network must keep others away',
    schema: z
      .union([z.ipv4(), z.ipv6()], { error: 'is not an address such as 127.0.0.1' })
      .default('127.0.0.1'),
  },
} as const satisfies Record<string, Setting<unknown>>;
