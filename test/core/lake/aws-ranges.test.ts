import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockHolds } from '../../../src/core/flow-log/addresses.ts';
import { type AwsRange, rangeNames } from '../../../src/core/lake/aws-ranges.ts';

const range = (block: string, service: string, region = 'us-east-1'): AwsRange => ({
  block,
  service,
  region,
});

/** As in the list of AWS: each block of a service is also one of all that is AWS's. */
const RANGES = [
  range('52.216.0.0/15', 'AMAZON'),
  range('52.216.0.0/15', 'S3'),
  range('3.5.140.0/22', 'EC2', 'ap-northeast-2'),
  range('3.5.140.0/22', 'S3', 'ap-northeast-2'),
  range('3.5.140.0/22', 'AMAZON', 'ap-northeast-2'),
  range('34.240.0.0/13', 'EC2', 'eu-west-1'),
  range('34.245.82.0/24', 'AMAZON', 'eu-west-1'),
  range('120.52.22.96/27', 'CLOUDFRONT', 'GLOBAL'),
  range('99.77.0.0/16', 'AMAZON', 'eu-west-2'),
  range('2600:1f00::/24', 'EC2', 'us-west-2'),
];

describe('a public address', () => {
  it.each([
    ['52.217.255.255', 'S3 us-east-1'],
    ['3.5.143.1', 'S3 ap-northeast-2'],
    ['34.241.0.1', 'EC2 eu-west-1'],
    ['34.245.82.9', 'EC2 eu-west-1'],
    ['120.52.22.97', 'CLOUDFRONT'],
    ['120.52.22.128', undefined],
    ['99.77.1.1', 'AWS eu-west-2'],
    ['2600:1f18::1', 'EC2 us-west-2'],
    ['2600:2000::1', undefined],
    ['10.0.1.5', undefined],
    ['eni-0a1b', undefined],
    ['', undefined],
  ])('%s is that of %s', (address, name) => {
    expect(rangeNames(RANGES)(address)).toBe(name);
    expect(rangeNames(RANGES.toReversed())(address)).toBe(name);
  });
});

it('no address is named by a block that does not hold it', () => {
  const address = fc.oneof(fc.ipV4(), fc.ipV6());
  const block = fc.oneof(
    fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })),
    fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 128 })),
  );
  const one = fc.tuple(block, fc.constantFrom('S3', 'EC2', 'AMAZON')).map(([parts, service]) => {
    return range(parts.join('/'), service);
  });
  fc.assert(
    fc.property(fc.array(one, { maxLength: 30 }), address, (ranges, asked) => {
      const holding = ranges.filter((each) => blockHolds(each.block, asked));
      const name = rangeNames(ranges)(asked);
      if (holding.length === 0) expect(name).toBeUndefined();
      else
        expect(holding.map(({ service }) => service.replace('AMAZON', 'AWS'))).toContain(name?.split(' ')[0]);
    }),
  );
});
