import { type Browser, chromium, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import type { Desk } from '../../../src/playground/slack/desk.ts';
import type { DeskOptions } from '../../../src/playground/slack/desk-options.ts';
import { chromiumFlags, findChromium } from './find-chromium.ts';
import { givenApp, givenDesk } from './given.ts';
import { addShowcase } from './showcase.ts';

const executablePath = findChromium();
/** A machine that checks changes for everybody must have the browser; one's own may do without, but not in silence. */
export const isSkipped = executablePath === undefined && !process.env.CI;
if (isSkipped)
  console.warn('SKIPPED: no Chromium found (set CHROMIUM), so nothing was tested of the page of the desk');

const options: Partial<DeskOptions> = {
  usageHint: '[to 10.0.1.5 last 1h]',
  suggestions: [{ label: 'Who talks to it?', text: '/flowlog to 10.0.1.5 last 1h' }],
  shortcuts: [{ callbackId: 'flowlog_from_message', name: 'Query flow logs', type: 'message' }],
};

/** How the page is looked at. */
interface Look {
  readonly colorScheme?: 'light' | 'dark';
  readonly width?: number;
}

/** A page, its desk, and what went wrong. */
export interface Seen {
  readonly desk: Desk;
  readonly page: Page;
  /** What the console said, and which requests left this machine. */
  readonly trouble: readonly string[];
}

/** Starts the browser; fails where there must be one and is none. */
export async function launchBrowser(): Promise<Browser> {
  if (!executablePath) throw new Error('no Chromium found: install it, or set CHROMIUM');
  return chromium.launch({ executablePath, args: chromiumFlags });
}

/** The page on a desk with the showcase's app. */
export async function givenPage(browser: Browser, look: Look = {}): Promise<Seen> {
  const desk = await givenDesk(options);
  await givenApp(desk, addShowcase);
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
    if (!request.url().startsWith(desk.address)) trouble.push(request.url());
  });
  await page.goto(desk.url);
  await page.waitForSelector('.composer');
  return { desk, page, trouble };
}

/** Types the showcase's question and opens its thread. */
export async function ask({ desk, page }: Seen): Promise<void> {
  await page.keyboard.type('/fl');
  await page.keyboard.press('Tab');
  await page.keyboard.type('to 10.0.1.5 last 1h');
  await page.keyboard.press('Enter');
  await desk.until(() => desk.messages('#incident-42').find((message) => message.edited));
  await page.click('.thread-line');
  await page.waitForSelector('.thread .data-table');
}
