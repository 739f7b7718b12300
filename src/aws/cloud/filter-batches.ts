import type { Filter } from '@aws-sdk/client-ec2';

/** EC2 takes so many values in one filter. @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Filter.html */
const MOST_VALUES = 200;

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
  const amount = Math.ceil(values.length / MOST_VALUES);
  return Array.from({ length: amount }, (_, index) =>
    values.slice(index * MOST_VALUES, (index + 1) * MOST_VALUES),
  );
}
