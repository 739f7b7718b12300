import { existsSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIELD_NAMES } from '../../src/core/flow-log/fields.ts';
import { exampleLine, usageLine, writeLine } from '../../src/core/line/write-line.ts';
import type { Operation } from '../../src/core/operation/operation.ts';
import { readRequest } from '../../src/core/operation/request.ts';
import type { WindowWords } from '../../src/core/time/window.ts';
import { operations, STEP_KINDS } from '../../src/operations/index.ts';
import * as bucketSteps from '../../src/operations/steps/bucket-steps.ts';
import * as flowLogSteps from '../../src/operations/steps/flow-log-steps.ts';
import * as tableSteps from '../../src/operations/steps/table-steps.ts';
import { entryHelpText } from '../../src/render/help-text.ts';
import { commandOf, ENTRIES } from '../support/given-sample.ts';

const NOW = new Date('2026-11-24T09:30:20Z');
const FOLDER = new URL('../../src/operations/', import.meta.url);
/** The folder also has the index and what carries out all plans. */
const NO_OPERATION = new Set(['index.ts']);

const hex = (digits: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${digits}}$`));
const id = (...prefixes: readonly string[]) =>
  fc.tuple(fc.constantFrom(...prefixes), fc.oneof(hex(8), hex(17))).map((parts) => parts.join('-'));
const day = fc
  .integer({ min: 17_000, max: 20_000 })
  .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));

/** Words of each kind of argument, by its hint, and of some by its name. */
const WORDS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  dates: fc.tuple(day, day).map((days) => days.toSorted().join('..')),
  time: fc
    .tuple(fc.integer({ min: 31, max: 9_000 }), fc.constantFrom('m', 'h'))
    .map((parts) => parts.join('')),
  'useful|default|full|fields': fc.oneof(
    fc.constantFrom('useful', 'default', 'FULL'),
    fc
      .uniqueArray(fc.constantFrom(...FIELD_NAMES), { maxLength: 12 })
      .map((fields) => [...new Set([...fields, 'start', 'end', 'log-status'])].join(',')),
  ),
  plan: fc.stringMatching(/^op-[a-z0-9]{4,12}$/),
  'key=value,…': fc
    .stringMatching(/^[a-zA-Z0-9 _.:/+@-]{1,12}=[a-zA-Z0-9 _.:/+@-]{0,12}$/)
    .filter((tag) => !/^aws:/i.test(tag)),
  'key,…': fc
    .uniqueArray(fc.stringMatching(/^[a-zA-Z0-9 _.:/+@-]{1,12}$/), { minLength: 1, maxLength: 2 })
    .map((keys) => keys.join(',')),
  source: fc.oneof(id('fl'), fc.constantFrom('prod-eu', 'legacy', '2024-logs', 'FL-0A1B2C3D')),
  word: fc.stringMatching(/^[a-zA-Z0-9 "'\\=?.:/_-]{0,20}$/),
  // AWS keeps names for itself that begin with `xn--` or `sthree-`, or end in `-s3alias` or `--ol-s3`.
  bucket: fc.stringMatching(/^[a-rt-wyz0-9][a-z0-9-]{3,20}[0-24-9]$/),
  prefix: fc.constantFrom('network', 'a/b', 'vpc-1'),
  days: fc.integer({ min: 1, max: 3650 }).map(String),
  group: fc.constantFrom('/flowlog/vpc', 'a#b'),
  role: fc.constant('arn:aws:iam::123456789012:role/flow-logs'),
};

function wordsFor({ hint, choices }: Operation['args'][string]): fc.Arbitrary<string> {
  if (choices !== undefined) return fc.constantFrom(...choices);
  // One of every kind takes a VPC, and `files` and the like a flow log alone.
  return WORDS[hint] ?? id(hint === 'id' ? 'vpc' : hint);
}

/** Values as reading random words gives them, some left out. */
function argsOf(operation: Operation): fc.Arbitrary<Record<string, unknown>> {
  const entries = Object.entries(operation.args).map(([name, arg]) => {
    const value = wordsFor(arg).map((typed) => {
      const reading = arg.read(typed);
      if (!('value' in reading)) throw new Error(`${name}: ${typed} ${reading.problem}`);
      return reading.value;
    });
    return [name, arg.required ? value : fc.option(value, { nil: arg.fallback })] as const;
  });
  return fc.record(Object.fromEntries(entries));
}

const window: fc.Arbitrary<WindowWords | undefined> = fc.option(
  fc.tuple(fc.integer({ min: 2, max: 5_000 }), fc.integer({ min: 1, max: 600 })).map(([ago, minutes]) => {
    const from = new Date(Math.floor(NOW.getTime() / 60_000 - ago) * 60_000);
    const to = new Date(
      Math.min(from.getTime() + minutes * 60_000, Math.floor(NOW.getTime() / 60_000) * 60_000),
    );
    return { kind: 'between' as const, from, to };
  }),
  { nil: undefined },
);

it('the index of operations lists every file of its folder', () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.ts') && !NO_OPERATION.has(name));
  expect(operations.map(({ name }) => `${name}.ts`).toSorted()).toEqual(files.toSorted());
});

it('every step has a kind with a unique name', () => {
  const declared = [bucketSteps, flowLogSteps, tableSteps]
    .flatMap((steps) => Object.values<unknown>(steps))
    .filter((value) => typeof value === 'object' && value !== null && 'planned' in value);
  const names = STEP_KINDS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(new Set<unknown>(STEP_KINDS)).toEqual(new Set(declared));
});

it('a `setup` line with all fields can be read again after a restart', () => {
  const line = `setup vpc-0a1b2c3d4e5f60718 format=${FIELD_NAMES.join(',')} hive=yes bucket=${'b'.repeat(63)}`;
  expect(commandOf(commandOf(line, NOW).line, NOW).line).toBe(line);
});

it('no operation has the name of a query', () => {
  const names = ENTRIES.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

describe.each(operations.map((operation) => [operation.name, operation] as const))(
  '%s',
  (name, operation) => {
    it('has a test file of its own name', () => {
      expect(existsSync(new URL(`./${name}.test.ts`, import.meta.url))).toBe(true);
    });

    it('has a summary of one line without a full stop, and a description in whole sentences', () => {
      expect(operation.summary).toMatch(/^[A-Z][^\n]{10,90}[^.\n]$/);
      expect(operation.about).toMatch(/^[A-Z][^\n]+\.$/);
    });

    it('is said by its example, which is its canonical line', () => {
      const command = commandOf(exampleLine(operation), NOW);
      expect(command.operation).toBe(operation);
      expect(command.line).toBe(exampleLine(operation));
    });

    it('is said with every option together', () => {
      const options = Object.entries(operation.args).filter(([, { required }]) => !required);
      const words = options.map(([option, { example }]) => `${option}=${example}`);
      expect(commandOf([exampleLine(operation), ...words].join(' '), NOW).operation).toBe(operation);
    });

    it('has usage and help, of which every line fits', () => {
      expect(usageLine(operation)).toMatch(new RegExp(`^${name}( |$)`));
      const help = entryHelpText(operation, '/flowlog ');
      expect(help).toContain(`${operation.summary}.`);
      for (const argument of Object.keys(operation.args)) expect(help).toMatch(new RegExp(`${argument}=|<`));
      for (const line of help.split('\n')) expect(line.length).toBeLessThanOrEqual(200);
    });

    it('is written as a line that parses back to it', () => {
      fc.assert(
        fc.property(argsOf(operation), window, (args, said) => {
          const line = writeLine(operation, args, operation.windowed === 'never' ? undefined : said);
          const command = commandOf(line, NOW);
          expect(command).toMatchObject({ operation, line });
          expect(command.args).toEqual(args);
        }),
        { numRuns: 300 },
      );
    });

    it('refuses what it does not know in words, with a corrected line that parses', () => {
      const context = { catalog: ENTRIES, now: NOW, zone: 'UTC', longestWindowSeconds: 7 * 86_400 };
      const wrong = Object.keys(operation.args).map((option) => `${option}=\u00a7`);
      for (const words of ['\u00a7 \u00a7', 'nothing=1', ...wrong]) {
        try {
          readRequest(`${exampleLine(operation)} ${words}`, context);
        } catch (error) {
          expect(error).toMatchObject({ name: 'UserError' });
          const { correctedLine } = error as { correctedLine: string };
          expect(() => readRequest(correctedLine, context)).not.toThrow();
        }
      }
    });
  },
);
