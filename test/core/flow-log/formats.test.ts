import { expect, it } from 'vitest';
import { DEFAULT_FORMAT, FIELD_NAMES } from '../../../src/core/flow-log/fields.ts';
import { fieldsOfFormat, formatOfFields } from '../../../src/core/flow-log/formats.ts';

it('a format that was written is read back, in the order of the fields', () => {
  const fields = [...FIELD_NAMES.toReversed(), 'from-the-future'];
  expect(formatOfFields(['version', 'pkt-srcaddr'])).toBe(
    ['version', 'pkt-srcaddr'].map((f) => `\${${f}}`).join(' '),
  );
  expect(fieldsOfFormat(formatOfFields(fields))).toEqual(fields);
});

it('a missing format is the default one', () => {
  expect(fieldsOfFormat(undefined)).toEqual(DEFAULT_FORMAT);
  expect(fieldsOfFormat('')).toEqual(DEFAULT_FORMAT);
});
