import type { FieldName } from './fields.ts';

/**
 * The fields that show tags, by what is tagged: the first shows the first key that was chosen, the other the second.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html
 */
export const TAG_FIELDS = {
  instance: ['instance-tag', 'instance-tag-2'],
  'network-interface': ['interface-tag', 'interface-tag-2'],
  'auto-scaling-group': ['asg-tag', 'asg-tag-2'],
} as const satisfies Readonly<Record<string, readonly FieldName[]>>;

/** What has tags that records can show. */
export type Tagged = keyof typeof TAG_FIELDS;

/** The keys of the tags that the fields of one kind show, in their order. */
export interface ShownTags {
  readonly of: Tagged;
  readonly keys: readonly string[];
}
