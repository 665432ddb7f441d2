// Who changed a record first: one's own step is never somebody else's, and what somebody else did is told once.
import { enter, expect, test } from './fixtures';

const READ = /careRecord\(/;

test.beforeEach(async ({ page }) => {
  await enter(page, 'staff.shiqi');
  await page.goto('/desk/care');
  await page.locator('[data-care="booked"] a').first().click();
  await expect(page.locator('.log-line').first()).toBeVisible();
});

test('the next step is taken before the page has read anew what the last one did', async ({ page }) => {
  const steps = await page.locator('.log-line').count();
  const dialog = page.getByRole('dialog');
  // The page reads nothing until both steps are taken.
  let go = () => {};
  const taken = new Promise<void>((resolve) => (go = resolve));
  await page.route('**/graphql', async (route) => {
    if (READ.test(route.request().postData() ?? '')) await taken;
    await route.continue();
  });
  for (const reason of ['本人当天产检。', '家属改约。']) {
    await page.locator('[data-action="reschedule"]').click();
    await dialog.locator('[name="on"]').fill('2026-03-05');
    await dialog.locator('[name="reason"]').fill(reason);
    await dialog.locator('button[type="submit"]').click();
    await expect(dialog).toBeHidden();
  }
  // A form is open when the page reads anew: it was begun from what was there before, and is still one's own.
  await page.locator('[data-action="reschedule"]').click();
  await dialog.locator('[name="on"]').fill('2026-03-05');
  await dialog.locator('[name="reason"]').fill('再次确认。');
  go();
  await expect(page.getByText('家属改约。')).toBeVisible();
  await page.unrouteAll({ behavior: 'wait' });
  await dialog.locator('button[type="submit"]').click();
  await expect(dialog).toBeHidden();
  await expect(page.locator('.log-line')).toHaveCount(steps + 3);
  // What it then reads is what it goes on from.
  await page.locator('[data-action="note"]').click();
  await dialog.locator('[name="text"]').fill('已电话告知。');
  await dialog.locator('button[type="submit"]').click();
  await expect(page.locator('.log-line')).toHaveCount(steps + 4);
});

test('what somebody else did meanwhile is told, shown, and then gone on from', async ({ page, open }) => {
  const dialog = page.getByRole('dialog');
  const reason = '本人当天产检，改为次日上午。';
  await page.locator('[data-action="reschedule"]').click();
  await dialog.locator('[name="on"]').fill('2026-03-05');
  await dialog.locator('[name="reason"]').fill(reason);

  const other = await open();
  await enter(other, 'staff.shiqi');
  await other.goto(page.url());
  await other.locator('[data-action="note"]').click();
  await other.getByRole('dialog').locator('[name="text"]').fill('已与家属通话。');
  await other.getByRole('dialog').locator('button[type="submit"]').click();
  await expect(other.getByRole('dialog')).toBeHidden();

  const send = dialog.locator('button[type="submit"]');
  await send.click();
  await expect(dialog.getByRole('alert')).toContainText('其他人更新了这条记录');
  await expect(dialog.locator('[name="reason"]')).toHaveValue(reason);
  // Behind the dialog, which hides the page from whoever reads by roles.
  await expect(page.getByText('已与家属通话。')).toBeVisible();
  await send.click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(reason)).toBeVisible();
});
