import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { openAsking } from '../../src/app/asking.ts';
import { readConfig } from '../../src/app/config.ts';
import { openPlayground } from '../../src/app/open-playground.ts';
import { ENTRIES } from '../../src/app/reading.ts';
import { suggestionsFor } from '../../src/app/suggestions.ts';
import { helpExamples } from '../../src/render/help-tasks.ts';
import { helpFor } from '../../src/render/help-text.ts';
import { createSlackApp } from '../../src/slack/slack-app.ts';
import { chromiumFlags, findChromium } from '../playground/slack/find-chromium.ts';

const executablePath = findChromium();
/** Whether there is no browser to test in; in CI there must be one. */
export const isSkipped = executablePath === undefined && !process.env.CI;
if (isSkipped)
  console.warn('SKIPPED: no Chromium found (set CHROMIUM), so the whole app was not tested in the page');

const world = {
  now: () => new Date(),
  elapsedMs: () => performance.now(),
  newId: () => randomUUID(),
  random: () => Math.random(),
};
const quiet = { info: () => {}, warn: () => {}, error: () => {} };

/** All real parts, as `npm start` puts them together, over the sample network. */
export async function givenAppPage(): Promise<Page> {
  const folder = await mkdtemp(join(tmpdir(), 'flowlog-app-'));
  const config = readConfig({ FLOWLOG_STATE: folder, FLOWLOG_PLAYGROUND_PORT: '0' });
  const asking = await openAsking(config, world);
  const { playground, workspace } = await openPlayground(config, suggestionsFor(config), world);
  const slack = createSlackApp({
    ...workspace,
    ...world,
    command: config.command,
    understand: asking.understand,
    helpText: (wanted, prompt) => helpFor(ENTRIES, prompt)(wanted),
    helpExamples: helpExamples(ENTRIES),
    catalog: ENTRIES,
    knownNames: asking.knownNames,
    asking: asking.recorded,
    queue: asking.queue,
    admitted: { teams: [], guests: false },
    csvFolder: join(folder, 'csv'),
    log: quiet,
  });
  await slack.start();
  const stopLanding = asking.start({ failed: (error) => console.error(error), deleted: () => {} });
  const browser = await chromium.launch({ ...(executablePath && { executablePath }), args: chromiumFlags });
  onTestFinished(async () => {
    stopLanding();
    await browser.close();
    await slack.stop(1_000);
    await playground.stop();
    await asking.close();
    await rm(folder, { recursive: true, force: true });
  });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(playground.url);
  await page.waitForSelector('.composer');
  return page;
}
