import { Counter, Histogram, type Registry } from 'prom-client';
import type { StoreErrorCode } from '../../core/errors.ts';
import { boundedLabel } from './bounded-label.ts';
import type { Measures } from './measures.ts';

/** Slack waits three seconds for an acknowledgement. */
const ACK_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 2.5, 3, 5];

/** So many different values of a label are kept apart. */
const MOST_NAMES = 100;

const STORE_CODES: Readonly<Record<StoreErrorCode, true>> = {
  full: true,
  'read-only': true,
  damaged: true,
  locked: true,
  newer: true,
  denied: true,
  unreachable: true,
};

type CallMeasures = Pick<Measures, 'acknowledged' | 'calledSlack' | 'calledAws'>;

/** Metrics of what passes between the app and Slack, and between it and AWS. */
export function callMeasures(registry: Registry): CallMeasures {
  const registers = [registry];
  const acks = new Histogram({
    name: 'flowlog_slack_ack_duration_seconds',
    help: 'Time from when a delivery of Slack came to when it was acknowledged.',
    buckets: ACK_SECONDS,
    registers,
  });
  const slackCalls = new Counter({
    name: 'flowlog_slack_calls_total',
    help: "Tries of calls to Slack, by method and by `ok` or Slack's code of the fault.",
    labelNames: ['method', 'code'] as const,
    registers,
  });
  const awsCalls = new Counter({
    name: 'flowlog_aws_calls_total',
    help: "Tries of calls to AWS, by service, operation and by `ok` or AWS's name of the fault.",
    labelNames: ['service', 'operation', 'code'] as const,
    registers,
  });
  const method = boundedLabel(MOST_NAMES);
  const slackCode = boundedLabel(MOST_NAMES);
  const service = boundedLabel(MOST_NAMES);
  const operation = boundedLabel(MOST_NAMES);
  const awsCode = boundedLabel(MOST_NAMES);
  return {
    acknowledged: (afterMs) => acks.observe(afterMs / 1000),
    calledSlack: (call) => slackCalls.inc({ method: method(call.method), code: slackCode(call.code) }),
    calledAws: (call) =>
      awsCalls.inc({
        service: service(call.service),
        operation: operation(call.operation),
        code: awsCode(call.code),
      }),
  };
}

/** Metrics of what fails inside: the store and background jobs. */
export function faultMeasures(registry: Registry): Pick<Measures, 'storeFailed' | 'jobFailed'> {
  const storeErrors = new Counter({
    name: 'flowlog_store_errors_total',
    help: 'Calls of the store that failed, by why.',
    labelNames: ['code'] as const,
    registers: [registry],
  });
  // An alert sees an increase only of what it has seen before.
  for (const code of Object.keys(STORE_CODES)) storeErrors.inc({ code }, 0);
  const jobFailures = new Counter({
    name: 'flowlog_job_failures_total',
    help: 'Runs of background jobs that failed and will be tried again, by what the job does.',
    labelNames: ['task'] as const,
    registers: [registry],
  });
  const task = boundedLabel(MOST_NAMES);
  return {
    storeFailed: (code) => storeErrors.inc({ code }),
    jobFailed: (name) => jobFailures.inc({ task: task(name) }),
  };
}
