import type { Filter } from '@aws-sdk/client-ec2';
import { AWS_LIMITS } from '../../core/aws-limits.ts';

/** What a filter asks for: the values that may match, by EC2's name; undefined where nothing is asked. */
export type Conditions = Readonly<Record<string, readonly string[] | undefined>>;

/**
 * Filters of as many calls as the values need, whose answers together are all that matches. A condition without
 * values matches nothing, so there is nothing to call for.
 */
export function filterBatches(conditions: Conditions): readonly (readonly Filter[])[] {
  return Object.entries(conditions).reduce<readonly (readonly Filter[])[]>(
    (batches, [name, values]) => {
      if (values === undefined) return batches;
      return batches.flatMap((filters) =>
        chunks(values).map((Values) => [...filters, { Name: name, Values }]),
      );
    },
    [[]],
  );
}

function chunks(values: readonly string[]): readonly string[][] {
  const { filterValues: most } = AWS_LIMITS;
  const amount = Math.ceil(values.length / most);
  return Array.from({ length: amount }, (_, index) => values.slice(index * most, (index + 1) * most));
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

/** The `Name` tag, or what stands for it; empty when there is neither. */
export function nameIn(tags: readonly AwsTag[] | undefined, otherwise = ''): string {
  return tags?.find(({ Key }) => Key === 'Name')?.Value || otherwise;
}
