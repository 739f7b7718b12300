import { catalog } from '../catalog/index.ts';
import { exampleLine } from '../core/line/write-line.ts';
import { HOSTS } from '../playground/aws/network.ts';
import { PLANTED } from '../playground/aws/planted.ts';
import type { Suggestion } from '../terminal/welcome-text.ts';
import type { Config } from './config.ts';

/** Three lines to try: the sample network's incident, or examples for other flow logs. */
export function suggestionsFor({
  lake,
  awsRegion,
}: Pick<Config, 'lake' | 'awsRegion'>): readonly Suggestion[] {
  if (lake === undefined && awsRegion === undefined) {
    const { port } = PLANTED.deniedDatabase;
    const { app1, db1 } = HOSTS;
    return [
      { label: 'What changed?', line: 'changes last 1h' },
      { label: `Why no ${db1.name}?`, line: `why ${app1.name} ${db1.name}:${port} last 1h` },
      { label: 'Who moved the most?', line: PLANTED.upload.line },
    ];
  }
  return catalog
    .filter(({ args }) => Object.values(args).every(({ required }) => !required))
    .slice(0, 3)
    .map((query) => ({ label: query.summary, line: exampleLine(query) }));
}
