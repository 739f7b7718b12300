import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { HOSTS } from '../../../src/playground/aws/network.ts';
import { givenAppPage, isSkipped } from '../../support/given-app-page.ts';

const { interfaceId, address } = HOSTS.db1;

/** Types a line in the channel and waits for the message that it becomes. */
async function type(page: Page, line: string, becomes: string | RegExp): Promise<string> {
  await page.fill('.channel textarea', `/flowlog ${line}`);
  await page.keyboard.press('Enter');
  return newest(page, becomes);
}

/** Waits until the newest message of the channel says something; returns all that it says. */
async function newest(page: Page, says: string | RegExp): Promise<string> {
  const message = page.locator('.channel .message').last();
  await expect.poll(() => message.textContent(), { timeout: 20_000 }).toMatch(says);
  return (await message.textContent()) ?? '';
}

/** Presses a button of the newest message of the channel, and waits in its thread for what it comes to. */
async function press(page: Page, label: string, becomes: string | RegExp): Promise<string> {
  await page.locator('.channel .message').last().locator(`button:has-text("${label}")`).first().click();
  // Until its reply is there, the last thread is that of another message.
  await page.locator('.channel .message').last().locator('.thread-line').click();
  const message = page.locator('.thread .message').last();
  await expect.poll(() => message.textContent(), { timeout: 20_000 }).toMatch(becomes);
  return (await message.textContent()) ?? '';
}

it.skipIf(isSkipped)(
  'the app sets a flow log up, makes its table and partitions, asks it, looks at it and takes it down, in the page',
  async () => {
    const page = await givenAppPage();

    const plan = await type(page, `setup ${interfaceId}`, /Nothing has been changed/);
    expect(plan).toMatch(/ec2:CreateFlowLogs ResourceIds=\[eni-/);
    expect(plan).toMatch(/about \$0\.28 a GB delivered/);
    const done = await press(page, 'Do it', /First file after/);
    const flowLog = /fl-[0-9a-f]{17}/.exec(done.replaceAll('fl-0f10f10f10f100001', ''))?.[0] ?? '';
    expect(flowLog).not.toBe('');

    await type(page, `table ${flowLog} mode=partitions`, /CREATE EXTERNAL TABLE/);
    await press(page, 'Do it', /Table flowlog\.fl_.* reads s3:/);
    await type(page, `partitions ${flowLog} last 2h`, /Add \d+ partitions? to flowlog\.fl_/);
    await press(page, 'Do it', /partitions? added to fl_/);

    const answer = await type(page, `to ${address} last 1h in=${flowLog}`, /db-1 .*has rejected app-1 /);
    expect(answer).toMatch(/rows? · [\d.]+ m?s · free/);
    expect(await type(page, `status ${flowLog}`, /delivering/)).toContain('succeeding');

    await type(page, `teardown ${flowLog} table=drop files=delete`, /cannot be undone/);
    await page.locator('.channel .message').last().locator('button:has-text("Do it")').click();
    await page.waitForSelector('dialog');
    await page.fill('dialog input, dialog textarea', flowLog);
    await page.click('dialog button[type=submit]');
    // That of the plan, not of an earlier answer: it is there once the first step is done.
    await page.locator('.channel .message').last().locator('.thread-line').click();
    const thread = page.locator('.thread');
    await expect.poll(() => thread.textContent(), { timeout: 20_000 }).toMatch(/deleted for good/);
    expect(await type(page, 'sources', /1 flow log can be asked/)).not.toContain(flowLog);
  },
  90_000,
);
