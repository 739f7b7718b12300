import type { Unsuccessful } from '../../../core/lake/flow-logs.ts';

/** What AWS says of an item that it did not do, by what its message holds, and what to do about it. */
const NEXT: readonly (readonly [RegExp, string])[] = [
  [
    /already ?exists/i,
    'A flow log with the same settings and destination records it already: `status` shows which.',
  ],
  [/limit ?exceeded|too many/i, 'Delete a flow log that is not needed, or ask AWS for a higher quota.'],
  [
    /access denied|unauthorized|not authorized|permission/i,
    'The bucket lets no flow logs in: look at its policy and at statements that deny, then go on.',
  ],
  [/does not exist|not ?found/i, 'Check the id of the resource, its region, and the name of the bucket.'],
  [
    /undeliverable|kms/i,
    'Let the bucket encrypt with a key named by its ARN, whose policy lets delivery.logs.amazonaws.com use it.',
  ],
  [
    /policy.*(size|large|20)/i,
    'The bucket policy is full: let it take deliveries to the whole bucket in one statement.',
  ],
];

/** What was not done and why, in AWS's words, and what to do next in ours. */
export function unsuccessfulWords({ id, code, message }: Unsuccessful): {
  readonly problem: string;
  readonly next: string;
} {
  const next = NEXT.find(([pattern]) => pattern.test(`${code} ${message}`))?.[1];
  return {
    problem: `AWS did not do it for \`${id}\`: ${message.replace(/[.\s]+$/, '')} (${code}).`,
    next: next ?? 'What was done before stays done: put that right and go on.',
  };
}
