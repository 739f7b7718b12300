import { Ajv, type ValidateFunction } from 'ajv';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkBlocks } from '../../../../src/playground/slack/blocks/check-blocks.ts';
import { writeProblem } from '../../../../src/playground/slack/blocks/problem.ts';
import { officialSchema } from '../../../support/official-schema.ts';
import { badBlocks } from './bad-blocks.ts';
import { badTables } from './bad-tables.ts';
import { goodBlocks } from './good-blocks.ts';
import { otherBlocks, pieChart } from './other-blocks.ts';

const bad = [...badBlocks, ...badTables];

function problemsIn(blocks: readonly unknown[]): readonly string[] {
  const checked = checkBlocks(blocks, 'message');
  return checked.ok ? [] : checked.problems.map(writeProblem);
}

describe('blocks of a message', () => {
  it.each(goodBlocks)('may be %s', (_what, block) => {
    expect(checkBlocks([block], 'message')).toMatchObject({ ok: true });
  });

  it.each(bad)('may not be %s', (_what, blocks, problem) => {
    expect(problemsIn(blocks).join('\n')).toContain(problem);
  });

  it.each(otherBlocks)('may not be %s, which is not played here', (kind, where, block) => {
    expect(problemsIn([block])).toEqual([
      `[ERROR] ${kind} is not played here [json-pointer:/blocks/0${where}]`,
    ]);
  });

  it('may not be a pie, which is not played here', () => {
    expect(problemsIn([pieChart])).toEqual([
      '[ERROR] pie is not played here [json-pointer:/blocks/0/chart/type]',
    ]);
  });

  it.each(['data_table', 'table', 'container', 'data_visualization'])(
    'may hold %s where a modal may not',
    (type) => {
      const block = goodBlocks.find(([, one]) => one.type === type)?.[1];
      expect(checkBlocks([block], 'modal').ok).toBe(false);
    },
  );
});

describe("Slack's official types", () => {
  let validate: ValidateFunction;
  beforeAll(async () => {
    validate = new Ajv({ strict: false }).compile(await officialSchema('KnownBlock'));
  });

  it('take what the playground takes, and the playground refuses what they refuse', () => {
    for (const [what, block] of goodBlocks) {
      if (block.type !== 'data_visualization') expect([what, validate(block)]).toEqual([what, true]);
    }
    for (const [what, blocks, , kind] of bad) {
      const isFine = JSON.parse(JSON.stringify(blocks)).every((block: unknown) => validate(block));
      expect([what, isFine]).toEqual([what, kind === 'limit']);
    }
  });

  it('know every kind that is refused as not played', () => {
    for (const [kind, , block] of otherBlocks) expect([kind, validate(block)]).toEqual([kind, true]);
  });
});
