import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, givenPage, isSkipped, launchBrowser } from './given-page.ts';

describe.skipIf(isSkipped)('the page', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  it('takes a command by keyboard alone and shows the answer in its thread', async () => {
    const seen = await givenPage(browser);
    const { page } = seen;
    await ask(seen);
    await page.waitForSelector('text=Only visible to you');
    expect((await page.locator('.thread .rich-text').allTextContents()).slice(0, 2)).toEqual([
      '23 addresses talked to 10.0.1.5, asked by @ana',
      'Name tag: <!channel> <b>not bold</b> & *not bold either*',
    ]);
    expect(await page.locator('.thread .rich-text b').count()).toBe(0);
    expect(await page.getAttribute('text=the runbook', 'rel')).toBe('noreferrer noopener');
    await page.keyboard.press('Escape');
    expect(await page.isVisible('.thread')).toBe(false);
    await page.keyboard.press('ArrowUp');
    expect(await page.inputValue('.channel textarea')).toBe('/flowlog to 10.0.1.5 last 1h');
    expect(seen.trouble).toEqual([]);
  });

  it('sorts a table by number and by word, and turns its pages', async () => {
    const seen = await givenPage(browser);
    const { page } = seen;
    await ask(seen);
    const column = (index: number) =>
      page.locator(`.data-table tbody tr > :nth-child(${index})`).allTextContents();
    expect(await page.locator('.data-table tbody tr').count()).toBe(10);
    await page.click('.data-table .sort:has-text("bytes")');
    const up = (await column(4)).map((text) => Number.parseInt(text, 10));
    expect(up).toEqual(up.toSorted((a, b) => a - b));
    await page.click('.data-table .sort:has-text("bytes")');
    expect(await page.getAttribute('.data-table th:has-text("bytes")', 'aria-sort')).toBe('descending');
    expect((await column(4))[0]).toBe('947 B');
    await page.click('.data-table .sort:has-text("action")');
    expect(new Set(await column(3))).toEqual(new Set(['ACCEPT']));
    await page.click('[aria-label="Next page"]');
    await page.click('[aria-label="Next page"]');
    expect(await page.textContent('.pager-status')).toBe('21–23 of 23');
    expect(await page.isDisabled('[aria-label="Next page"]')).toBe(true);
    expect(seen.trouble).toEqual([]);
  });

  it('opens a form, keeps the focus in it, shows what is wrong, and sends it', async () => {
    const seen = await givenPage(browser);
    const { page, playground } = seen;
    await ask(seen);
    await page.click('text=Change …');
    await page.waitForSelector('dialog[open] form');
    await page.keyboard.type('nonsense');
    await page.fill('dialog input >> nth=1', 'last 6h');
    await page.click('dialog button[type=submit]');
    await page.waitForSelector('text=This is not an address.');
    expect(await page.inputValue('dialog input')).toBe('nonsense');
    expect(await page.inputValue('dialog input >> nth=1')).toBe('last 6h');
    for (let press = 0; press < 12; press += 1) await page.keyboard.press('Tab');
    expect(
      await page.evaluate(
        'document.activeElement.closest("dialog") !== null || document.activeElement === document.body',
      ),
    ).toBe(true);
    await page.fill('dialog input >> nth=0', '10.0.1.5');
    await page.click('dialog button[type=submit]');
    await page.waitForSelector('dialog.modal', { state: 'hidden' });
    await playground.until(() =>
      playground.messages('#incident-42').find((message) => message.text === 'The form said 10.0.1.5'),
    );
    expect(seen.trouble).toEqual([]);
  });

  it('asks before a dangerous button, and takes Escape for a no', async () => {
    const seen = await givenPage(browser);
    const { page, playground } = seen;
    await ask(seen);
    await page.click('text=Delete');
    await page.waitForSelector('text=It cannot be undone.');
    await page.keyboard.press('Escape');
    expect(playground.transcript('#incident-42')).toContain('[Delete]');
    await page.click('.thread button:has-text("Delete")');
    await page.click('dialog button:has-text("Delete")');
    await playground.until(() =>
      playground.transcript('#incident-42').includes('[Delete]') ? undefined : true,
    );
    await page.waitForSelector('.thread .data-table', { state: 'detached' });
    expect(await page.isVisible('.thread')).toBe(true);
  });

  it('previews a file, offers it as a download, and reads a chart to those who do not see it', async () => {
    const seen = await givenPage(browser);
    const { page } = seen;
    await ask(seen);
    await page.click('.file button:has-text("Preview")');
    await page.waitForSelector('.file-preview td');
    expect(await page.locator('.file-preview td').allTextContents()).toEqual([
      '10.0.0.1',
      '1,024',
      '10.0.0.2',
      '17',
      'a "b", c',
      'two\nlines',
      '',
      '',
    ]);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.click('[aria-label="Download answer.csv"]'),
    ]);
    expect(download.suggestedFilename()).toBe('answer.csv');
    expect(await page.getByRole('img', { name: 'Bytes to 10.0.1.5' }).count()).toBe(1);
    expect(await page.locator('.block-chart rect').count()).toBe(15);
    expect(await page.locator('.for-ears tbody tr').count()).toBe(9);
  });
});
