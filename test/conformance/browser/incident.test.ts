import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { givenAppPage, isSkipped } from '../../support/given-app-page.ts';

/** A phone, in CSS pixels. */
const PHONE = { width: 390, height: 844 } as const;

interface Fault {
  readonly line: string;
  /** What the person must have read to know the fault. */
  readonly says: RegExp;
}

const TIME = String.raw`\d\d:\d\d(:\d\d)?`;
/** One line a fault, with names alone; which address a name has is not known to who types it. */
const FAULTS: readonly Fault[] = [
  {
    line: 'to db-1',
    says: new RegExp(`db-1 .*has rejected app-1 .* and app-2 .*5432 postgres since ${TIME}`),
  },
  {
    line: 'to cache-1',
    says: new RegExp(`Replies of cache-1 .* to web-2 .*6379 redis have been rejected since ${TIME}`),
  },
  { line: 'to batch-1', says: new RegExp(`batch-1 .*has refused monitoring .* on 9102 since ${TIME}`) },
  {
    line: 'ports bastion action=reject',
    says: new RegExp(`198\\.51\\.100\\.177 tried .* ports of bastion .* from ${TIME}`),
  },
  {
    line: 'to bastion',
    says: new RegExp(
      `192\\.0\\.2\\.66 opened .* short connections to bastion .* 22 ssh .*${TIME}: it looks like password guessing`,
    ),
  },
  {
    line: 'from backup',
    says: new RegExp(
      `backup .* sent .* GB to 203\\.0\\.113\\.99 .* (since|from) ${TIME}.*: it looks like an upload`,
    ),
  },
];

/** Asks in the channel and reads only what the newest message has in bold, once its answer is there. */
async function boldOf(page: Page, line: string): Promise<string> {
  const messages = page.locator('.channel .message');
  const before = await messages.count();
  await page.fill('.channel textarea', `/flowlog ${line} last 1h`);
  await page.keyboard.press('Enter');
  await expect.poll(() => messages.count(), { timeout: 20_000 }).toBeGreaterThan(before);
  const newest = messages.last();
  await expect.poll(() => newest.textContent(), { timeout: 20_000 }).toContain(`${line} last 1h`);
  const bold = newest.locator('strong');
  await expect.poll(() => bold.count(), { timeout: 20_000 }).toBeGreaterThan(0);
  await expect.poll(() => areInView(page, bold), { timeout: 5_000 }).toBe(true);
  return (await bold.allTextContents()).join('');
}

async function areInView(page: Page, parts: Locator): Promise<boolean> {
  const width = await page.evaluate<number>('document.documentElement.scrollWidth');
  const boxes = await Promise.all((await parts.all()).map((part) => part.boundingBox()));
  return width <= PHONE.width && boxes.every((box) => box !== null && isOnPhone(box));
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function isOnPhone({ x, y, width, height }: Box): boolean {
  return x >= 0 && x + width <= PHONE.width && y >= 0 && y + height <= PHONE.height;
}

it.skipIf(isSkipped)(
  'the incident of the sample network is solved on a phone by one line a fault, reading only what is bold',
  async () => {
    const page = await givenAppPage();
    await page.setViewportSize(PHONE);
    for (const { line, says } of FAULTS) expect(await boldOf(page, line)).toMatch(says);
  },
  120_000,
);
