import { catalog } from '../catalog/index.ts';
import { exampleLine } from '../core/line/write-line.ts';
import { PLANTED } from '../playground/aws/planted.ts';
import type { Suggestion } from '../terminal/welcome-text.ts';
import type { Config } from './config.ts';

/** Three lines to try: the sample network's incident, or examples for other flow logs. */
export function suggestionsFor({
  lake,
  awsRegion,
}: Pick<Config, 'lake' | 'awsRegion'>): readonly Suggestion[] {
  if (lake === undefined && awsRegion === undefined) {
    const { deniedDatabase, upload } = PLANTED;
    return [
      {
        label: 'Who reaches the database?',
        line: `to ${deniedDatabase.server} port=${deniedDatabase.port} last 1h`,
      },
      { label: 'Who was rejected?', line: 'rejected last 1h' },
      { label: 'Who moved the most?', line: upload.line },
    ];
  }
  return catalog
    .filter(({ args }) => Object.values(args).every(({ required }) => !required))
    .slice(0, 3)
    .map((query) => ({ label: query.summary, line: exampleLine(query) }));
}
