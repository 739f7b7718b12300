import { expect, it } from 'vitest';
import { DEFAULT_FORMAT, FIELD_NAMES } from '../../../src/core/flow-log/fields.ts';
import { fieldsOfFormat, formatOfFields } from '../../../src/core/flow-log/formats.ts';

it('reads back the format that it writes, in the order of the fields', () => {
  const fields = [...FIELD_NAMES.toReversed(), 'from-the-future'];
  expect(formatOfFields(['version', 'pkt-srcaddr'])).toBe(
    ['version', 'pkt-srcaddr'].map((f) => `\${${f}}`).join(' '),
  );
  expect(fieldsOfFormat(formatOfFields(fields))).toEqual(fields);
});

it('takes a missing format for the default one', () => {
  expect(fieldsOfFormat(undefined)).toEqual(DEFAULT_FORMAT);
  expect(fieldsOfFormat('')).toEqual(DEFAULT_FORMAT);
});
