import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, givenPage, isSkipped, launchBrowser, type Seen } from './given-page.ts';

/** Says so many lines in the channel that they do not fit into it, and waits until the last one is drawn. */
async function fillChannel({ playground, page }: Seen): Promise<void> {
  for (let line = 1; line <= 30; line += 1)
    await playground.type({ person: 'ben', channel: '#incident-42', text: `line ${line}` });
  await page.waitForSelector('.channel .message:has-text("line 30")');
}

/** Whether a message begins within its list, with something of it to be read. */
function beginsInView(page: Page, selector: string): Promise<boolean> {
  return page
    .locator(selector)
    .last()
    .evaluate((message) => {
      const list = message.closest('.messages')?.getBoundingClientRect();
      const { top } = message.getBoundingClientRect();
      return list !== undefined && top >= list.top && top + 20 < list.bottom;
    });
}

/** Scrolls right before the page draws a message: the page hears of scrolling in the next frame, which is after it. */
const SCROLL_RIGHT_BEFORE = `
  const heard = Object.getOwnPropertyDescriptor(EventSource.prototype, 'onmessage');
  Object.defineProperty(EventSource.prototype, 'onmessage', {
    set(hear) {
      heard.set.call(this, (message) => {
        if (message.data.includes('line 31')) document.querySelector('.channel .messages').scrollTo(0, 0);
        hear(message);
      });
    },
  });
`;

describe.skipIf(isSkipped)('the newest message', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  it.each([1280, 390])('is in view after a reload at %i pixels', async (width) => {
    const seen = await givenPage(browser, { width });
    const { page } = seen;
    await fillChannel(seen);
    await page.reload();
    await page.waitForSelector('.channel .message:has-text("line 30")');
    await expect.poll(() => beginsInView(page, '.channel .message')).toBe(true);
    expect(await beginsInView(page, '.channel .message:has-text("line 1") >> nth=0')).toBe(false);
    expect(seen.trouble).toEqual([]);
  });

  it.each([1280, 390])('is in view when an answer comes at %i pixels', async (width) => {
    const seen = await givenPage(browser, { width });
    const { page } = seen;
    await fillChannel(seen);
    await page.locator('.channel .messages').evaluate((list) => list.scrollTo(0, 0));
    await page.fill('.channel textarea', '/flowlog to 10.0.1.5 last 1h');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.channel .message:has-text("23 addresses talked")');
    await expect.poll(() => beginsInView(page, '.channel .message')).toBe(true);
    await page.click('.thread-line');
    await page.waitForSelector('.thread .block-chart');
    await expect.poll(() => beginsInView(page, '.thread .message:has(.block-chart)')).toBe(true);
    await page.fill('.thread textarea', '@flowlog and now?');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.thread .message:has-text("You said")');
    await expect.poll(() => beginsInView(page, '.thread .message')).toBe(true);
    expect(seen.trouble).toEqual([]);
  });

  it('is one press away for a person who reads what came before', async () => {
    const seen = await givenPage(browser);
    const { page, playground } = seen;
    await fillChannel(seen);
    await page.locator('.channel .messages').evaluate((list) => list.scrollTo(0, 0));
    await playground.type({ person: 'ben', channel: '#incident-42', text: 'line 31' });
    await page.waitForSelector('text=New messages');
    expect(await beginsInView(page, '.channel .message')).toBe(false);
    await page.click('text=New messages');
    await expect.poll(() => beginsInView(page, '.channel .message')).toBe(true);
    await page.waitForSelector('text=New messages', { state: 'detached' });
    expect(seen.trouble).toEqual([]);
  });

  it('does not move a person whose scrolling the page has not heard of when it comes', async () => {
    const seen = await givenPage(browser);
    const { page, playground } = seen;
    await fillChannel(seen);
    const list = page.locator('.channel .messages');
    await page.addInitScript({ content: SCROLL_RIGHT_BEFORE });
    await page.reload();
    await expect.poll(() => list.evaluate((element) => element.scrollTop)).toBeGreaterThan(0);
    await playground.type({ person: 'ben', channel: '#incident-42', text: 'line 31' });
    await page.waitForSelector('text=New messages');
    expect(await list.evaluate((element) => element.scrollTop)).toBe(0);
    expect(seen.trouble).toEqual([]);
  });

  it('leaves the page of a table, and what is unfolded, as they are', async () => {
    const seen = await givenPage(browser);
    const { page, playground } = seen;
    await ask(seen);
    await page.click('[aria-label="Next page"]');
    await page.click('text=SQL and cost');
    const parent = playground.messages('#incident-42').find((message) => message.edited);
    const thread = { ...(parent && { threadTs: parent.ts }) };
    await playground.type({ person: 'ben', channel: '#incident-42', text: 'I see', ...thread });
    await page.waitForSelector('.thread .message:has-text("I see")');
    expect(await page.textContent('.pager-status')).toBe('11–20 of 23');
    expect(await page.isVisible('.thread pre')).toBe(true);
  });
});
