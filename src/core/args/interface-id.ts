import type { Kind, Wording } from './kind.ts';

/** AWS's ids have 17 hexadecimal digits since 2018; interfaces that are older keep their 8. */
const INTERFACE_ID = /^eni-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;

/** The id of a network interface. */
export function interfaceId(wording: Wording = {}): Kind<string> {
  const example = wording.example ?? 'eni-0a1b2c3d4e5f60718';
  return {
    hint: 'eni',
    about: 'the id of a network interface',
    ...wording,
    example,
    read: (word) => {
      const value = word.toLowerCase();
      if (INTERFACE_ID.test(value)) return { value };
      const problem = value.startsWith('eni-')
        ? 'is not an interface id, which has 8 or 17 hexadecimal digits after eni-'
        : 'is not an interface id';
      return { problem };
    },
    write: (value) => value,
  };
}
