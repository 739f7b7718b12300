import { expect, it } from 'vitest';
import { consoleUrl, listed, withName } from '../../../../src/core/query/rules/rule-words.ts';

it.each([
  [
    'sg-0a1',
    'eu-central-1',
    'https://eu-central-1.console.aws.amazon.com/vpc/home?region=eu-central-1#SecurityGroup:groupId=sg-0a1',
  ],
  [
    'acl-0a1',
    'cn-north-1',
    'https://cn-north-1.console.amazonaws.cn/vpc/home?region=cn-north-1#NetworkAclDetails:networkAclId=acl-0a1',
  ],
  [
    'rtb-0a1',
    'us-gov-west-1',
    'https://us-gov-west-1.console.amazonaws-us-gov.com/vpc/home?region=us-gov-west-1#RouteTableDetails:RouteTableId=rtb-0a1',
  ],
  ['vpce-0a1', 'eu-central-1', undefined],
])('the page of %s in %s is in the console of its ARN partition', (id, region, url) => {
  expect(consoleUrl(id, region)).toBe(url);
});

it('a name is written behind the id, and cannot steer what shows it', () => {
  expect(withName('sg-0a1', 'db')).toBe('sg-0a1 (db)');
  expect(withName('sg-0a1')).toBe('sg-0a1');
  expect(withName('sg-0a1', 'a`b\nc')).toBe('sg-0a1 (a b c)');
});

it('words are listed with a comma and a last word', () => {
  expect([listed([]), listed(['a']), listed(['a', 'b']), listed(['a', 'b', 'c'], 'or')]).toEqual([
    '',
    'a',
    'a and b',
    'a, b or c',
  ]);
});
