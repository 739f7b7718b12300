import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shownState } from '../../playground/slack/page/shown-state.ts';
import { ask, givenPage, isSkipped, launchBrowser } from './given-page.ts';
import { listNameless } from './list-nameless.ts';

describe.skipIf(isSkipped)('the look of the page', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  it('opens the menu of a message by keyboard, and with it a form', async () => {
    const seen = await givenPage(browser);
    const { page } = seen;
    await page.keyboard.type('hello');
    await page.keyboard.press('Enter');
    await page.focus('.channel .message-tools button');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Query flow logs');
    await page.keyboard.press('Enter');
    await page.waitForSelector('dialog[open] h2:has-text("Ask again")');
    await page.keyboard.press('Escape');
    await page.waitForSelector('dialog.modal', { state: 'hidden' });
    expect(seen.trouble).toEqual([]);
  });

  it('shows ephemeral notes to one person, times in their zone, and a dot where something is new', async () => {
    const seen = await givenPage(browser);
    const { page, playground } = seen;
    await ask(seen);
    await page.selectOption('[aria-label="You are"]', 'U0KENJI');
    await page.waitForSelector('.zone:has-text("Asia/Tokyo")');
    expect(await page.isVisible('text=Only visible to you')).toBe(false);
    expect(await page.isVisible('.room:has-text("secret")')).toBe(false);
    const shown = await page.textContent('.message time');
    const first = playground.messages('#incident-42')[1];
    const inTokyo = { timeZone: 'Asia/Tokyo', hour: '2-digit', minute: '2-digit' } as const;
    expect(shown).toBe(new Intl.DateTimeFormat('en-GB', inTokyo).format(Number(first?.ts) * 1000));
    await playground.type({ person: 'ben', channel: '#general', text: 'lunch?' });
    await page.waitForSelector('.room.unread:has-text("general")');
    await page.click('.room:has-text("general")');
    await page.waitForSelector('.message:has-text("lunch?")');
    expect(await page.locator('.dot').count()).toBe(0);
  });

  it('follows the dark mode of the system, unless the person chooses another', async () => {
    const { page } = await givenPage(browser, { colorScheme: 'dark' });
    const paper = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(await paper()).toBe('rgb(20, 25, 26)');
    await page.click('[aria-label="Use the light theme"]');
    expect(await paper()).toBe('rgb(255, 253, 249)');
    await page.reload();
    await page.waitForSelector('.composer');
    expect(await paper()).toBe('rgb(255, 253, 249)');
  });

  it.each([1280, 390])('names all that can be pressed, and fits into %i pixels', async (width) => {
    const seen = await givenPage(browser, { width });
    const { page } = seen;
    await ask(seen);
    expect(await page.evaluate(listNameless)).toEqual([]);
    await page.click('text=Change …');
    await page.waitForSelector('dialog[open] form');
    expect(await page.evaluate(listNameless)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    const overflows =
      '[...document.querySelectorAll(".message, .message-main, .blocks")].filter((one) => one.scrollWidth > one.clientWidth + 1).length';
    expect(await page.evaluate(overflows)).toBe(0);
    expect(seen.trouble).toEqual([]);
  });

  it('keeps the spaces of pre-formatted text, in blocks and in messages', async () => {
    const seen = await givenPage(browser);
    const { page, playground } = seen;
    await ask(seen);
    await page.click('text=SQL and cost');
    expect(await page.locator('.thread pre').first().innerText()).toBe(
      'SELECT srcaddr,   SUM(bytes)\n  FROM flows\n  GROUP BY srcaddr',
    );
    await playground.type({
      person: 'ben',
      channel: '#incident-42',
      text: '```to <address>      who\n  from        whom```',
    });
    const said = page.locator('.channel .message pre').last();
    await said.waitFor();
    expect(await said.innerText()).toContain('to <address>      who\n  from        whom');
    expect(seen.trouble).toEqual([]);
  });

  it('puts a suggested line into the box, and opens the address of a message', async () => {
    const seen = await givenPage(browser);
    const { page, playground } = seen;
    await page.click('.chip:has-text("Who talks to it?")');
    expect(await page.inputValue('.channel textarea')).toBe('/flowlog to 10.0.1.5 last 1h');
    await page.keyboard.press('Enter');
    const parent = await playground.until(() =>
      playground.messages('#incident-42').find((message) => message.edited),
    );
    await page.goto(`${playground.address}archives/C0INCIDENT/p${parent.ts.replace('.', '')}`);
    await page.waitForSelector('.thread .data-table');
    expect(seen.trouble).toEqual([]);
  });

  it('names a block that it does not draw, in a line', async () => {
    const { page } = await givenPage(browser);
    const message = {
      channel: 'general',
      ts: '1.000001',
      author: { kind: 'bot', id: 'B', name: 'flowlog' },
      text: '',
      blocks: [{ type: 'carousel' }],
      files: [],
    };
    const state = { ...shownState, messages: [message] };
    const body = `data: ${JSON.stringify({ type: 'state', state })}\n\n`;
    await page.route('**/playground/events*', (route) =>
      route.fulfill({ contentType: 'text/event-stream', body }),
    );
    await page.reload();
    await page.waitForSelector('text=not played here: carousel');
  });
});
