import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIELD_NAMES } from '../../../src/core/flow-log/fields.ts';
import { nameReading, readRecordedNames } from '../../../src/core/query/recorded-names.ts';

const read = (text: string) => readRecordedNames([text], FIELD_NAMES);

describe('names in records', () => {
  it('are read from the text of a statement, entry by entry', () => {
    const text =
      '10.0.1.5 eni-1 i-1 - shop - - - web%20tier%2C%20blue -,- eni-2 - nat_gateway - - - - - -;52.216.1.1 S3';
    expect(read(text)).toEqual({
      interfaces: [
        {
          address: '10.0.1.5',
          interfaceId: 'eni-1',
          instanceId: 'i-1',
          ecsService: 'shop',
          instanceTag: 'web tier, blue',
        },
        { address: undefined, interfaceId: 'eni-2', type: 'nat_gateway' },
      ],
      services: new Map([['52.216.1.1', 'S3']]),
    });
  });

  it('are read by the fields that are recorded', () => {
    expect(readRecordedNames(['10.0.1.5 eni-1 i-1;'], ['interface-id', 'instance-id']).interfaces).toEqual([
      { address: '10.0.1.5', interfaceId: 'eni-1', instanceId: 'i-1' },
    ]);
  });

  it.each(['', ';', 'x', '10.0.1.5 eni-1;', ';52.216.1.1', ';52.216.1.1 S 3', ',,;,'])(
    'are none in a text of another form: %j',
    (text) => {
      expect(read(text)).toEqual({ interfaces: [], services: new Map() });
    },
  );

  it('never fail to be read, whatever is recorded, and an entry of several records is one', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (texts) => {
        const once = readRecordedNames(texts, FIELD_NAMES);
        expect(readRecordedNames([...texts, ...texts], FIELD_NAMES)).toEqual(once);
      }),
    );
  });

  it('keep a tag whose percent signs encode nothing', () => {
    expect(read('- eni-1 - - - - - 100% - -;').interfaces[0]?.interfaceTag).toBe('100%');
  });

  it.each([
    [['srcaddr', 'dstaddr', 'interface-id'], false],
    [['srcaddr', 'dstaddr', 'interface-id', 'vpc-id', 'subnet-id', 'tcp-flags'], false],
    [['flow-direction'], false],
    [['interface-id', 'flow-direction'], true],
    [['instance-id'], true],
    [['pkt-dst-aws-service'], true],
    [['ecs-task-id'], true],
    [['asg-tag'], true],
  ] as const)('are in records of the fields %j: %s', (fields, isNamed) => {
    expect(nameReading(fields) !== undefined).toBe(isNamed);
  });
});
