// Who changed a record first: one's own step is never somebody else's, and what somebody else did is told once.
import type { Page } from '@playwright/test';
import { enter, expect, shot, test } from './fixtures';

const READ = /careRecord\(/;

async function visit(page: Page): Promise<void> {
  await enter(page, 'staff.shiqi');
  await page.goto('/desk/care');
  await page.locator('[data-care="booked"] a').first().click();
  await expect(page.locator('.log-line').first()).toBeVisible();
}

test('the next step is taken before the page has read anew what the last one did', async ({ page }) => {
  await visit(page);
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
  await visit(page);
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

test('services of days that somebody else told meanwhile are shown, and what was typed is still there', async ({ page, open }) => {
  const month = '/desk/standing/services?day=2026-02-01';
  const day = (on: Page, date: string) => on.locator(`[name="days.2026-02-${date}"]`);
  await enter(page, 'admin.shiqi');
  await page.goto(month);
  await day(page, '11').fill('140');

  const other = await open();
  await enter(other, 'admin.shiqi');
  await other.goto(month);
  await day(other, '11').fill('150');
  await day(other, '12').fill('151');
  await other.locator('form button[type="submit"]').click();
  await expect(other.getByText('已保存。')).toBeVisible();

  const send = page.locator('form button[type="submit"]');
  await send.click();
  await expect(page.getByRole('alert')).toContainText('其他人更新了这条记录');
  await expect(day(page, '12')).toHaveValue('151');
  await expect(day(page, '11')).toHaveValue('140');
  await expect(page.getByRole('alert')).toBeVisible();
  await send.click();
  await expect(page.getByText('已保存。')).toBeVisible();
  await other.reload();
  await expect(day(other, '11')).toHaveValue('140');
  await expect(day(other, '12')).toHaveValue('151');
});

test('a report that somebody else saved meanwhile is shown beside what was typed', async ({ page, open }) => {
  const title = (on: Page) => on.locator('[name="title"]');
  const save = (on: Page) => on.locator('form button[type="submit"]').click();
  await enter(page, 'city.zhongshan');
  await page.goto('/desk/compare/report');
  await title(page).fill('一季度通报（甲稿）');

  const other = await open();
  await enter(other, 'city2.zhongshan');
  await other.goto('/desk/compare/report');
  await title(other).fill('一季度通报（乙稿）');
  await save(other);
  await expect(other.getByText('已保存。')).toBeVisible();

  await save(page);
  await expect(page.getByRole('alert')).toContainText('其他人更新了这条记录');
  await expect(page.locator('[data-theirs]')).toContainText('一季度通报（乙稿）');
  await expect(title(page)).toHaveValue('一季度通报（甲稿）');
  await shot(page, 'report-theirs');
  await save(page);
  await expect(page.getByText('已保存。')).toBeVisible();
  await expect(page.locator('[data-theirs]')).toHaveCount(0);
  await other.reload();
  await expect(title(other)).toHaveValue('一季度通报（甲稿）');
});
