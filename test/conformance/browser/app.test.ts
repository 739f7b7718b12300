import { expect, it } from 'vitest';
import { PLANTED } from '../../../src/playground/aws/planted.ts';
import { givenAppPage, isSkipped } from '../../support/given-app-page.ts';

it.skipIf(isSkipped)('the app answers a command in the page, and goes on by button and by form', async () => {
  const page = await givenAppPage();
  const { deniedDatabase } = PLANTED;
  await page.fill('.channel textarea', `/flowlog to ${deniedDatabase.server} port=5432 last 1h`);
  await page.keyboard.press('Enter');
  await page.click('.thread-line');
  await page.waitForSelector('.thread .data-table');
  const thread = page.locator('.thread');
  for (const client of deniedDatabase.clients) {
    expect(await thread.locator(`tr:has-text("${client}"):has(td:text-is("REJECT"))`).count()).toBe(1);
  }
  expect(await thread.textContent()).toContain('the same scan on Athena: about $0.00005');
  expect(await thread.textContent()).toMatch(
    /Read \d+ files of fl-0f10f10f10f100001 on vpc-0f10f10f10f100001/,
  );

  await thread.locator('button:has-text("Only rejected")').click();
  await expect.poll(() => thread.locator('.data-table').count(), { timeout: 10_000 }).toBe(2);

  await thread.locator('button:has-text("Change")').last().click();
  await page.locator('dialog select').first().selectOption('typed line');
  await page.locator('dialog label:has-text("What do you want to know?") + input').waitFor();
  await page.fill('dialog input, dialog textarea', 'rejectd last 1h');
  await page.click('dialog button[type=submit]');
  await page.waitForSelector('text=There is no query');
  await page.fill('dialog input, dialog textarea', 'rejected last 1h');
  await page.click('dialog button[type=submit]');
  await expect.poll(() => thread.locator('.data-table').count(), { timeout: 10_000 }).toBe(3);
  expect(await thread.textContent()).toMatch(/tried (at least )?360 ports/);
});
