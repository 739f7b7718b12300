import type { Filter } from '@aws-sdk/client-ec2';
import { AWS_LIMITS } from '../../core/flow-log/aws-limits.ts';
import { chunks } from '../chunks.ts';

/** The values that may match, by the name of EC2's filter; undefined for any value. */
export type Conditions = Readonly<Record<string, readonly string[] | undefined>>;

/**
 * The filters of each call, as many calls as the values need; their answers together are all that matches. A condition
 * without values matches nothing, and then there is no call.
 */
export function filtersOfCalls(conditions: Conditions): readonly (readonly Filter[])[] {
  return Object.entries(conditions).reduce<readonly (readonly Filter[])[]>(
    (calls, [name, values]) => {
      if (values === undefined) return calls;
      const filters = chunks(values, AWS_LIMITS.filterValues).map((chunk) => ({
        Name: name,
        Values: [...chunk],
      }));
      return calls.flatMap((others) => filters.map((filter) => [...others, filter]));
    },
    [[]],
  );
}

/** A tag as the SDK gives it. */
export interface AwsTag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** Tags by their keys. */
export function readTags(tags: readonly AwsTag[] | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries((tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
}

/** The value of the `Name` tag; the fallback where it is absent or empty. */
export function nameOfTags(tags: readonly AwsTag[] | undefined, fallback = ''): string {
  return tags?.find(({ Key }) => Key === 'Name')?.Value || fallback;
}
