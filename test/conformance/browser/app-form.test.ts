import { describe, expect, it } from 'vitest';
import { givenAppPage, isSkipped } from '../../support/given-app-page.ts';

describe.skipIf(isSkipped)('the form in the page', () => {
  it('is filled by the alert it is opened on, and shows its line while a person types into it', async () => {
    const page = await givenAppPage();
    await page.locator('.channel .message-tools button').first().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Ask flow logs' }).click();
    const form = page.locator('dialog.modal');
    await form.getByText('This asks:').waitFor();
    await form.locator('select').first().selectOption('to');
    const field = form.getByLabel('Address or name');
    await expect.poll(() => form.locator('label').allTextContents()).not.toContain('Other address or name');
    await field.fill('10.0.21.31');
    await expect.poll(() => form.textContent()).toContain('/flowlog to 10.0.21.31');
    expect(await field.evaluate((input) => input === input.ownerDocument.activeElement)).toBe(true);
    await field.pressSequentially('0');
    await expect.poll(() => form.textContent()).toContain('has a part that is not from 0 to 255');
    expect(await field.inputValue()).toBe('10.0.21.310');
    await form.getByRole('button', { name: 'Ask', exact: true }).click();
    await form.locator('[aria-invalid]').waitFor();
  }, 60_000);
});
