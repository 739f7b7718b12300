import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalog } from '../../../src/catalog/index.ts';
import { narrowerQuestions } from '../../../src/core/answer/cheaper-lines.ts';
import { readRequest } from '../../../src/core/operation/request.ts';
import type { Question } from '../../../src/core/query/question.ts';

const NOW = new Date('2026-11-24T09:30Z');
const WINDOW = 'since 2026-11-24T08:30Z until 2026-11-24T09:30Z';
const ENI = 'eni-0a0a0a0a0a0a0a0a0';
const OF_ENI = { name: 'fl-0000000000000000e', eni: ENI };
const OF_VPC = { name: 'fl-0000000000000000a', eni: undefined };
const CONFIGURED = { name: 'Prod-EU', eni: undefined };

function question(line: string): Question {
  const understood = readRequest(line, { catalog, now: NOW, zone: 'UTC', longestWindowSeconds: 7 * 86_400 });
  if (!('query' in understood)) throw new RangeError(`${line} is no question`);
  return understood;
}

/** The parts by their lines. */
function narrower(line: string, flowLogs: Parameters<typeof narrowerQuestions>[1] = []) {
  const found = narrowerQuestions(question(line), flowLogs);
  return Object.fromEntries(found.map(({ part, question: { line: asked } }) => [part, asked]));
}

describe('the newest part of the window', () => {
  it('is a sixth of it', () => {
    expect(narrower('to 10.0.1.5 last 1h')).toEqual({
      'the last 10m': 'to 10.0.1.5 since 2026-11-24T09:20Z until 2026-11-24T09:30Z',
    });
  });

  it('is not there where the window is as short as can be', () => {
    expect(narrower('rejected last 1m')).toEqual({});
  });

  it('is always shorter, with the same end, in a line that parses', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 7 * 24 * 60 }), (minutes) => {
        const asked = question(`rejected port=443 last ${minutes}m`);
        const [less] = narrowerQuestions(asked, []);
        const read = question(less?.question.line ?? '');
        expect(read.window).toEqual(less?.question.window);
        expect(read.args).toEqual(asked.args);
        expect(read.window.to).toEqual(asked.window.to);
        expect(read.window.from.getTime()).toBeGreaterThan(asked.window.from.getTime());
      }),
    );
  });
});

describe('flow logs that are read together', () => {
  it('are each asked alone, by the interface too where one records no more than that', () => {
    const flowLogs = [OF_VPC, OF_ENI, CONFIGURED];
    expect(narrower('rejected port=22 last 1h', flowLogs)).toMatchObject({
      [OF_VPC.name]: `rejected port=22 in=${OF_VPC.name} ${WINDOW}`,
      [ENI]: `rejected port=22 eni=${ENI} ${WINDOW}`,
      [OF_ENI.name]: `rejected port=22 in=${OF_ENI.name} ${WINDOW}`,
      'Prod-EU': `rejected port=22 in=prod-eu ${WINDOW}`,
    });
    for (const { question: asked } of narrowerQuestions(question('rejected last 1h'), flowLogs))
      expect(question(asked.line).args).toEqual(asked.args);
  });

  it('are asked by their names where the question names an interface already', () => {
    const both = [OF_ENI, { ...OF_ENI, name: 'fl-0000000000000000f' }];
    expect(Object.keys(narrower(`rejected eni=${ENI} last 1h`, both)).slice(1)).toEqual([
      'fl-0000000000000000e',
      'fl-0000000000000000f',
    ]);
  });

  it('of the same interface are asked by it once', () => {
    const both = [OF_ENI, { ...OF_ENI, name: 'fl-0000000000000000f' }];
    const parts = narrowerQuestions(question('rejected last 1h'), both).map(({ part }) => part);
    expect(parts).toEqual(['the last 10m', ENI, 'fl-0000000000000000e', 'fl-0000000000000000f']);
  });

  it('are not asked alone where there is only one, and only the first where there are many', () => {
    expect(Object.keys(narrower('rejected last 1h', [OF_ENI]))).toEqual(['the last 10m']);
    const many = Array.from({ length: 50 }, (_, index) => ({ name: `s${index}`, eni: undefined }));
    expect(Object.keys(narrower('rejected last 1h', many))).toHaveLength(7);
  });
});
