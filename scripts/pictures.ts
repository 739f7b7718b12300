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

/** Those that the README shows are kept; the others are made to be looked at. */
const KEPT = 'docs/pictures';
const TELLING = new Set(['why', 'why-phone', 'rejected-phone', 'timeline', 'setup']);
const others = await mkdtemp(join(tmpdir(), 'flowlog-looks-'));

function fileOf(name: string): string {
  return join(TELLING.has(name) ? KEPT : others, `${name}.png`);
}

const world = {
  now: () => new Date(),
  elapsedMs: () => performance.now(),
  newId: () => randomUUID(),
  random: () => Math.random(),
};

interface Picture {
  readonly name: string;
  readonly line: string;
}

const { deniedDatabase, droppedReplies } = PLANTED;
const database = `${deniedDatabase.clients[0]} ${deniedDatabase.server} port=${deniedDatabase.port}`;
/** Ten answers by which the look is judged: each finding is to be read in two seconds. */
const PICTURES: readonly Picture[] = [
  { name: 'why', line: `why ${database} last 1h` },
  { name: 'why-cache', line: `why ${droppedReplies.clients[0]} ${droppedReplies.server} last 1h` },
  { name: 'to', line: `to ${deniedDatabase.server} port=${deniedDatabase.port} last 1h` },
  { name: 'rejected', line: 'rejected last 1h' },
  { name: 'top-talkers', line: 'top-talkers last 1h' },
  { name: 'between', line: `between ${database} last 1h` },
  { name: 'timeline', line: 'timeline last 1h' },
  { name: 'ports', line: `ports ${deniedDatabase.server} last 1h` },
  { name: 'gaps', line: 'gaps last 1h' },
  { name: 'nothing', line: 'to 10.99.0.1 last 1h' },
];

const LOOKS = [
  { suffix: '', viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1 },
  { suffix: '-phone', viewport: { width: 390, height: 844 }, deviceScaleFactor: 1.5 },
] as const;

/** The picture of an answer in its thread; returns how high its messages are, in pixels. */
async function take(
  browser: Browser,
  playgroundUrl: string,
  { name, line }: Picture,
  { suffix, viewport, deviceScaleFactor }: (typeof LOOKS)[number],
): Promise<readonly number[]> {
  const colorScheme = name === 'timeline' ? 'dark' : 'light';
  const page = await browser.newPage({ viewport, colorScheme, reducedMotion: 'reduce', deviceScaleFactor });
  await page.goto(playgroundUrl);
  await page.waitForSelector('.composer');
  const before = await page.locator('.thread-line').count();
  await page.fill('.channel textarea', `/flowlog ${line}`);
  await page.keyboard.press('Enter');
  await page.locator('.thread-line').nth(before).click();
  await page.locator('.thread .message').nth(1).waitFor();
  await page.waitForTimeout(500);
  await page.evaluate("document.querySelector('.thread .message')?.scrollIntoView()");
  await page.screenshot({ path: fileOf(`${name}${suffix}`) });
  const heights = await page.evaluate<number[]>(
    "[...document.querySelectorAll('.thread .message')].map((m) => Math.round(m.getBoundingClientRect().height))",
  );
  await page.close();
  return heights;
}

/** A flow log set up: the plan in the channel, and in its thread each step as it was done. */
async function takeSetup(browser: Browser, playgroundUrl: string): Promise<void> {
  const page = await browser.newPage({ viewport: LOOKS[0].viewport, reducedMotion: 'reduce' });
  await page.goto(playgroundUrl);
  await page.waitForSelector('.composer');
  await page.fill('.channel textarea', `/flowlog setup ${HOSTS.db1.interfaceId} for=2h`);
  await page.keyboard.press('Enter');
  await page.locator('.channel button:has-text("Do it")').last().click();
  await page.locator('.thread-line').last().click();
  await page.locator('.thread button:has-text("Make its table")').waitFor();
  await page.waitForTimeout(500);
  await page.screenshot({ path: fileOf('setup') });
  await page.close();
}

const executablePath = findChromium();
if (executablePath === undefined) throw new Error('install Chromium, or set CHROMIUM to it');
const stateFolder = await mkdtemp(join(tmpdir(), 'flowlog-pictures-'));
const config = readConfig({ FLOWLOG_STATE: stateFolder, FLOWLOG_PLAYGROUND_PORT: '0' });
const app = await startApp({ ...config, zone: 'UTC' }, world);
const browser = await chromium.launch({ executablePath, args: chromiumFlags });
try {
  for (const look of LOOKS)
    for (const picture of PICTURES) {
      const heights = await take(browser, app.playgroundUrl ?? '', picture, look);
      console.log(`${picture.name}${look.suffix}: ${heights.join(' + ')} px`);
    }
  await takeSetup(browser, app.playgroundUrl ?? '');
  console.log(`The others are in ${others}`);
} finally {
  await browser.close();
  await rm(stateFolder, { recursive: true, force: true });
  await app.stop();
}
