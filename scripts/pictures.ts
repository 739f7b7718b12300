/** Makes the pictures of the README from the playground of this version: `npm run pictures`, with Chromium installed. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { readConfig } from '../src/app/config.ts';
import { startApp } from '../src/app/start-app.ts';
import { HOSTS } from '../src/playground/aws/network.ts';
import { PLANTED } from '../src/playground/aws/planted.ts';
import { chromiumFlags, findChromium } from '../test/playground/slack/find-chromium.ts';

const FOLDER = 'docs/pictures';
const world = {
  now: () => new Date(),
  elapsedMs: () => performance.now(),
  newId: () => randomUUID(),
  random: () => Math.random(),
};

interface Picture {
  readonly name: string;
  readonly line: string;
  readonly colorScheme: 'light' | 'dark';
  readonly viewport: { readonly width: number; readonly height: number };
}

const WIDE = { width: 1440, height: 900 };
const { deniedDatabase } = PLANTED;
const PICTURES: readonly Picture[] = [
  {
    name: 'thread',
    line: `to ${deniedDatabase.server} port=${deniedDatabase.port} last 1h`,
    colorScheme: 'light',
    viewport: WIDE,
  },
  { name: 'thread-dark', line: 'timeline last 1h', colorScheme: 'dark', viewport: WIDE },
  {
    name: 'thread-phone',
    line: 'rejected last 1h',
    colorScheme: 'light',
    viewport: { width: 390, height: 844 },
  },
];

async function take(
  browser: Browser,
  playgroundUrl: string,
  { name, line, colorScheme, viewport }: Picture,
): Promise<void> {
  const page = await browser.newPage({
    viewport,
    colorScheme,
    reducedMotion: 'reduce',
    deviceScaleFactor: 2,
  });
  await page.goto(playgroundUrl);
  await page.waitForSelector('.composer');
  const before = await page.locator('.thread-line').count();
  await page.fill('.channel textarea', `/flowlog ${line}`);
  await page.keyboard.press('Enter');
  await page.locator('.thread-line').nth(before).click();
  await page.waitForSelector('.thread .data-table');
  await page.evaluate("document.querySelectorAll('.thread .message')[1]?.scrollIntoView()");
  await page.waitForTimeout(500);
  await page.screenshot({ path: join(FOLDER, `${name}.png`) });
  await page.close();
}

/** A flow log set up: the plan in the channel, and in its thread each step as it was done. */
async function takeSetup(browser: Browser, playgroundUrl: string): Promise<void> {
  const page = await browser.newPage({ viewport: WIDE, reducedMotion: 'reduce', deviceScaleFactor: 2 });
  await page.goto(playgroundUrl);
  await page.waitForSelector('.composer');
  await page.fill('.channel textarea', `/flowlog setup ${HOSTS.db1.interfaceId} for=2h`);
  await page.keyboard.press('Enter');
  await page.locator('.channel button:has-text("Do it")').last().click();
  await page.locator('.thread-line').last().click();
  await page.locator('.thread button:has-text("Make its table")').waitFor();
  await page.waitForTimeout(500);
  await page.screenshot({ path: join(FOLDER, 'setup.png') });
  await page.close();
}

const executablePath = findChromium();
if (executablePath === undefined) throw new Error('install Chromium, or set CHROMIUM to it');
const stateFolder = await mkdtemp(join(tmpdir(), 'flowlog-pictures-'));
const config = readConfig({ FLOWLOG_STATE: stateFolder, FLOWLOG_PLAYGROUND_PORT: '0' });
const app = await startApp({ ...config, zone: 'UTC' }, world);
const browser = await chromium.launch({ executablePath, args: chromiumFlags });
try {
  for (const picture of PICTURES) await take(browser, app.playgroundUrl ?? '', picture);
  await takeSetup(browser, app.playgroundUrl ?? '');
} finally {
  await browser.close();
  await rm(stateFolder, { recursive: true, force: true });
  await app.stop();
}
