import { UserError } from '../../../core/errors.ts';
import { type FieldName, type ShownTags, TAG_FIELDS, type Tagged } from '../../../core/flow-log/fields.ts';
import type { ReportSection } from '../../../core/operation/report.ts';

/**
 * Whose tags the fields of a format show, and which. @throws UserError where fields and keys do not fit: AWS shows no
 * tag that nobody named.
 */
export function shownTags(fields: readonly FieldName[], keys: readonly string[]): readonly ShownTags[] {
  const kinds = Object.keys(TAG_FIELDS) as readonly Tagged[];
  const shown = kinds.flatMap((of) => {
    const named = TAG_FIELDS[of].filter((field) => fields.includes(field));
    const [first, second] = TAG_FIELDS[of];
    if (named.length === 1 && named[0] === second) throw alone(first, second);
    const last = named.at(-1);
    if (last !== undefined && keys.length < named.length) throw withoutKey(last, named.length);
    return named.length === 0 ? [] : [{ of, keys: keys.slice(0, named.length) }];
  });
  if (shown.length === 0 && keys.length > 0) throw withoutField();
  return shown;
}

function alone(first: FieldName, second: FieldName): UserError {
  return new UserError(`\`${second}\` shows a second tag, and there is no \`${first}\` for the first.`, {
    hint: `Name \`${first}\` in \`format=\` instead, or both.`,
  });
}

function withoutKey(field: FieldName, amount: number): UserError {
  return new UserError(`\`${field}\` shows a tag, and AWS wants to know which.`, {
    hint: `Add \`tagkeys=\` with ${amount === 1 ? 'its key, as `tagkeys=Name`' : 'two keys, as `tagkeys=Name,Team`'}.`,
  });
}

function withoutField(): UserError {
  return new UserError('`tagkeys=` needs a field that shows a tag, and the format has none.', {
    hint: 'List the fields in `format=`, and among them `instance-tag`, `interface-tag` or `asg-tag`.',
  });
}

/** What AWS asks for and does where records show tags. */
export function tagWords(shown: readonly ShownTags[]): readonly ReportSection[] {
  if (shown.length === 0) return [];
  const tags = shown.map(({ of, keys }) => `${keys.join(' and ')} of the ${of.replaceAll('-', ' ')}`);
  return [
    {
      lines: [
        `Records show the tag ${tags.join(', ')}. In the first hour it may be missing or old.`,
        'For that AWS also wants ec2:DescribeTags, autoscaling:DescribeTags and iam:CreateServiceLinkedRole of whoever creates it, which the policies in deploy/iam do not give.',
      ],
    },
  ];
}
