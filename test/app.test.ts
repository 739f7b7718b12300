import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { openAsking } from '../src/asking.ts';
import { catalog } from '../src/catalog/index.ts';
import { readConfig } from '../src/config.ts';
import { PLANTED } from '../src/local/sample/planted.ts';
import { openDesk } from '../src/open-desk.ts';
import { helpFor } from '../src/render/words/help-text.ts';
import { createSlackApp } from '../src/slack/slack-app.ts';
import { suggestionsFor } from '../src/suggestions.ts';
import { chromiumFlags, findChromium } from './desk/find-chromium.ts';

const executablePath = findChromium();
const isSkipped = executablePath === undefined && !process.env.CI;
if (isSkipped)
  console.warn('SKIPPED: no Chromium found (set CHROMIUM), so the whole app was not tested in the page');

const world = { now: () => new Date(), elapsedMs: () => performance.now(), newId: () => randomUUID() };
const quiet = { info: () => {}, warn: () => {}, error: () => {} };

/** All real parts, as `npm start` puts them together, over the sample network. */
async function givenPage() {
  const folder = await mkdtemp(join(tmpdir(), 'flowlog-app-'));
  const config = readConfig({ FLOWLOG_STATE: folder, FLOWLOG_DESK_PORT: '0' });
  const asking = await openAsking(config, world);
  const { desk, workspace } = await openDesk(config, suggestionsFor(config), world);
  const slack = createSlackApp({
    ...workspace,
    ...world,
    command: config.command,
    understand: asking.understand,
    helpText: (wanted, prompt) => helpFor(catalog, prompt)(wanted),
    asking: asking.recorded,
    log: quiet,
  });
  await slack.start();
  const browser = await chromium.launch({ ...(executablePath && { executablePath }), args: chromiumFlags });
  onTestFinished(async () => {
    await browser.close();
    await slack.stop(1_000);
    await desk.stop();
    await asking.close();
    await rm(folder, { recursive: true, force: true });
  });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(desk.url);
  await page.waitForSelector('.composer');
  return page;
}

it.skipIf(isSkipped)('answers a command in the page, and goes on by button and by form', async () => {
  const page = await givenPage();
  const { deniedDatabase } = PLANTED;
  await page.fill('.channel textarea', `/flowlog to ${deniedDatabase.server} port=5432 last 1h`);
  await page.keyboard.press('Enter');
  await page.click('.thread-line');
  await page.waitForSelector('.thread .data-table');
  const thread = page.locator('.thread');
  for (const client of deniedDatabase.clients) {
    expect(await thread.locator(`tr:has-text("${client}"):has-text("REJECT")`).count()).toBe(1);
  }
  expect(await thread.textContent()).toContain('the same scan on Athena: about $0.00005');
  expect(await thread.textContent()).toMatch(/Read \d+ files of fl-0f10f10f10f100001 on vpc-0f10f10f10f100001/);

  await thread.locator('button:has-text("Only rejected")').click();
  await expect.poll(() => thread.locator('.data-table').count()).toBe(2);

  await thread.locator('button:has-text("Change")').last().click();
  await page.fill('dialog input, dialog textarea', 'rejectd last 1h');
  await page.click('dialog button[type=submit]');
  await page.waitForSelector('text=There is no query');
  await page.fill('dialog input, dialog textarea', 'rejected last 1h');
  await page.click('dialog button[type=submit]');
  await expect.poll(() => thread.locator('.data-table').count(), { timeout: 10_000 }).toBe(3);
  expect(await thread.textContent()).toContain('on 360 ports');
});
