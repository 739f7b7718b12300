import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../../../src/app/config.ts';
import { LEAST_MEMORY_MB, shareOfMemoryMb, thisMemory } from '../../../src/app/settings/memory.ts';

const GB = 1_000_000_000;
/** What Node.js says where no limit is set, on Linux. */
const UNLIMITED = 2 ** 64;

describe('the memory of the embedded engine', () => {
  it('is a quarter of the machine’s where nothing is configured and no container limits it', () => {
    expect(shareOfMemoryMb({ machine: 16 * GB, allowed: 0 })).toBe(4_000);
    expect(shareOfMemoryMb({ machine: 16 * GB, allowed: UNLIMITED })).toBe(4_000);
  });

  it('is a quarter of what a container allows', () => {
    expect(shareOfMemoryMb({ machine: 16 * GB, allowed: 2 * GB })).toBe(500);
  });

  it('is never less than the least under which questions are answered', () => {
    expect(shareOfMemoryMb({ machine: 16 * GB, allowed: 0.5 * GB })).toBe(LEAST_MEMORY_MB);
    expect(readConfig({}).memoryMb).toBe(shareOfMemoryMb(thisMemory()));
  });

  it('may be configured from there on', () => {
    expect(readConfig({ FLOWLOG_MEMORY_MB: String(LEAST_MEMORY_MB) }).memoryMb).toBe(LEAST_MEMORY_MB);
    expect(() => readConfig({ FLOWLOG_MEMORY_MB: String(LEAST_MEMORY_MB - 1) })).toThrow(ConfigError);
  });
});
