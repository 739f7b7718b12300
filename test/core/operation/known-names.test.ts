import { describe, expect, it } from 'vitest';
import type { NameTag, Network } from '../../../src/core/lake/network.ts';
import { createKnownNames, NO_KNOWN_NAMES } from '../../../src/core/operation/known-names.ts';

function site(nameTags: () => Promise<readonly NameTag[]>) {
  return { network: { nameTags } as unknown as Network };
}

const never = () => new Promise<never>(() => {});

describe('the names that lines can hold', () => {
  it('are those of all sites that may be asked, listed once in five minutes', async () => {
    let nowMs = 0;
    let asked = 0;
    const sites = async () => [
      site(async () => {
        asked += 1;
        return [{ id: 'i-1', name: 'app-1' }];
      }),
      site(async () => {
        throw new Error('denied');
      }),
    ];
    const known = createKnownNames({ sites, now: () => new Date(nowMs), pause: never });
    expect(await known()).toEqual(new Set(['app-1']));
    nowMs = 299_999;
    await known();
    expect(asked).toBe(1);
    nowMs = 300_000;
    await known();
    expect(asked).toBe(2);
  });

  it('are none while they take too long, and there for the next who asks', async () => {
    let answer: (tags: readonly NameTag[]) => void = () => {};
    const tags = new Promise<readonly NameTag[]>((resolve) => {
      answer = resolve;
    });
    const known = createKnownNames({
      sites: async () => [site(() => tags)],
      now: () => new Date(0),
      pause: async () => {},
    });
    expect(await known()).toEqual(new Set());
    answer([{ id: 'i-1', name: 'app-1' }]);
    await new Promise(setImmediate);
    expect(await known()).toEqual(new Set(['app-1']));
  });

  it('are none where the accounts cannot be asked for, and in a folder', async () => {
    const sites = async () => {
      throw new Error('no credentials');
    };
    expect(await createKnownNames({ sites, now: () => new Date(0), pause: never })()).toEqual(new Set());
    expect(await NO_KNOWN_NAMES()).toEqual(new Set());
  });
});
