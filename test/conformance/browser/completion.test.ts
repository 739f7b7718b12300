import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shownState } from '../../playground/slack/page/shown-state.ts';
import { givenPage, isSkipped, launchBrowser } from './given-page.ts';

describe.skipIf(isSkipped)('the completion in the box', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  it('completes people, channels and the app', async () => {
    const seen = await givenPage(browser);
    const { page, playground } = seen;
    const box = () => page.inputValue('.channel textarea');
    await page.keyboard.type('@ke');
    expect(await page.locator('.channel .candidate').allTextContents()).toEqual(['@kenjiKenji Sato']);
    await page.keyboard.press('Tab');
    expect(await box()).toBe('@kenji ');
    await page.keyboard.type('look at #gen');
    await page.keyboard.press('Enter');
    expect(await box()).toBe('@kenji look at #general ');
    await page.keyboard.type('with @');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.locator('.channel .candidate:has-text("@flowlog")').click();
    expect(await box()).toBe('@kenji look at #general with @flowlog ');
    await page.keyboard.press('Enter');
    await playground.until(() => playground.messages('#incident-42')[0]);
    expect(await box()).toBe('');
    expect(await page.evaluate('document.activeElement.tagName')).toBe('TEXTAREA');
    expect(seen.trouble).toEqual([]);
  });

  it('completes the word at the cursor, and Escape leaves it as it is', async () => {
    const { page } = await givenPage(browser);
    const box = () => page.inputValue('.channel textarea');
    await page.keyboard.type('ask @be about it');
    for (let press = 0; press < ' about it'.length; press += 1) await page.keyboard.press('ArrowLeft');
    await page.keyboard.type('n');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Tab');
    expect(await box()).toBe('ask @ben about it');
    await page.keyboard.type('!');
    expect(await box()).toBe('ask @ben! about it');
    await page.fill('.channel textarea', '');
    await page.keyboard.type('@be');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.channel .message:has-text("@be")');
    expect(await box()).toBe('');
  });

  it('completes the names of machines, and leaves Enter to the line', async () => {
    const { page } = await givenPage(browser);
    const body = `data: ${JSON.stringify({ type: 'state', state: shownState })}\n\n`;
    await page.route('**/playground/events*', (route) =>
      route.fulfill({ contentType: 'text/event-stream', body }),
    );
    await page.reload();
    await page.waitForSelector('.composer');
    const box = () => page.inputValue('.channel textarea');
    await page.keyboard.type('/flowlog between ap');
    expect(await page.locator('.channel .candidate').allTextContents()).toEqual([
      'app-110.0.11.41',
      'app-1210.0.11.52',
    ]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await box()).toBe('/flowlog between app-12 ');
    await page.keyboard.type('db');
    await page.keyboard.press('Tab');
    await page.keyboard.type('last 1h in app-1');
    await page.keyboard.press('Enter');
    expect(await box()).toBe('');
    await page.keyboard.press('ArrowUp');
    expect(await box()).toBe('/flowlog between app-12 db-1 last 1h in app-1');
  });
});
