import { type Browser, chromium, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import type { PlaygroundOptions } from '../../../src/playground/slack/options.ts';
import type { SlackPlayground } from '../../../src/playground/slack/slack-playground.ts';
import { chromiumFlags, findChromium } from '../../playground/slack/find-chromium.ts';
import { givenApp, givenPlayground } from '../../playground/slack/given.ts';
import { addShowcase } from '../../playground/slack/showcase.ts';

const executablePath = findChromium();
/** A machine that checks changes for everybody must have the browser; one's own may do without, but not in silence. */
export const isSkipped = executablePath === undefined && !process.env.CI;
if (isSkipped)
  console.warn(
    'SKIPPED: no Chromium found (set CHROMIUM), so nothing was tested of the page of the playground',
  );

const options: Partial<PlaygroundOptions> = {
  usageHint: '[to 10.0.1.5 last 1h]',
  suggestions: [{ label: 'Who talks to it?', text: '/flowlog to 10.0.1.5 last 1h' }],
  shortcuts: [{ callbackId: 'flowlog_from_message', name: 'Query flow logs', type: 'message' }],
};

/** How the page is looked at. */
interface Look {
  readonly colorScheme?: 'light' | 'dark';
  readonly width?: number;
}

/** A page, its playground, and what went wrong. */
export interface Seen {
  readonly playground: SlackPlayground;
  readonly page: Page;
  /** What the console said, and which requests left this machine. */
  readonly trouble: readonly string[];
}

/** Starts the browser; fails where there must be one and is none. */
export async function launchBrowser(): Promise<Browser> {
  if (!executablePath) throw new Error('no Chromium found: install it, or set CHROMIUM');
  return chromium.launch({ executablePath, args: chromiumFlags });
}

/** The page on a playground with the showcase's app. */
export async function givenPage(browser: Browser, look: Look = {}): Promise<Seen> {
  const playground = await givenPlayground(options);
  await givenApp(playground, addShowcase);
  const viewport = { width: look.width ?? 1280, height: 800 };
  const page = await browser.newPage({
    viewport,
    colorScheme: look.colorScheme ?? 'light',
    reducedMotion: 'reduce',
  });
  page.setDefaultTimeout(5_000);
  onTestFinished(() => page.close());
  const trouble: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) trouble.push(message.text());
  });
  page.on('pageerror', (error) => trouble.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(playground.address)) trouble.push(request.url());
  });
  await page.goto(playground.url);
  await page.waitForSelector('.composer');
  return { playground, page, trouble };
}

/** Types the showcase's question and opens its thread. */
export async function ask({ playground, page }: Seen): Promise<void> {
  await page.keyboard.type('/fl');
  await page.keyboard.press('Tab');
  await page.keyboard.type('to 10.0.1.5 last 1h');
  await page.keyboard.press('Enter');
  await playground.until(() => playground.messages('#incident-42').find((message) => message.edited));
  await page.click('.thread-line');
  await page.waitForSelector('.thread .data-table');
}
