import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that take longest, the longest first: begun last, they would leave one core without work. */
const LONG = [
  'test/catalog/catalog-runs.test.ts',
  'test/slack/question/resume-requests.test.ts',
  'test/cli.test.ts',
  'test/slack/endings.test.ts',
  'test/duckdb/engine.test.ts',
  'test/duckdb/four-layouts.test.ts',
  'test/slack/listener/on-command.test.ts',
  'test/playground/aws/sample-lake.test.ts',
  'test/core/answer/answer-of.test.ts',
  'test/aws/athena/contract.test.ts',
];

/** The usual order of test files, by their size in a fresh clone, below the long ones. */
export class LongFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const found = LONG.findIndex((path) => moduleId.endsWith(path));
      return found === -1 ? LONG.length : found;
    };
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}
