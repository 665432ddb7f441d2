// Cases at windows: a refusal is told with pick-up, a result comes late, and what was not filed in time is filed.
import type { Locator, Page } from '@playwright/test';
import { axe, enter, expect, login, shot, test } from './fixtures';
import { fits } from './steps';

const choose = (dialog: Locator, name: string, text: RegExp) =>
  dialog.locator(`select[name="${name}"]`).evaluate((select, source) => {
    const option = [...(select as HTMLSelectElement).options].find((option) => new RegExp(source).test(option.text));
    if (!option) throw new Error(`no option ${source}`);
    (select as HTMLSelectElement).value = option.value;
    select.dispatchEvent(new Event('change', { bubbles: true }));
  }, text.source);

const row = (page: Page, number: string): Locator => page.locator(`[data-number="${number}"]`);

/** Takes a step by its button, fills its form in and sends it. */
async function step(page: Page, action: string, fill: (dialog: Locator) => Promise<void> = async () => {}): Promise<void> {
  await page.locator(`[data-action="${action}"]`).click();
  const shown = page.getByRole('dialog');
  await expect(shown.locator('button[type="submit"]')).toBeVisible();
  await fill(shown);
  await shown.locator('button[type="submit"]').click();
  await expect(shown).toBeHidden();
  await expect(page.getByText('已保存。')).toBeVisible();
}

test('a refusal without a word about the papers is refused, then told', async ({ page, open }) => {
  await login(page, 'staff.shiqi');
  await page.getByRole('link', { name: '岗位工作' }).click();
  await page.getByRole('link', { name: '办件记录' }).click();
  await expect(row(page, 'SQ20260031')).toBeVisible();
  await axe(page);
  await shot(page, 'handling-list');
  await row(page, 'SQ20260031').locator('a').click();
  await page.locator('[data-action="refuse"]').click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('[name="reason"]').fill('办理生育登记应由户籍地或现居住地受理，申请人均不在本镇街。');
  await dialog.locator('button[type="submit"]').click();
  await expect(dialog.getByText('此项不能为空。').first()).toBeVisible();
  await axe(page);
  await shot(page, 'handling-refuse', false);
  await dialog.locator('[name="time"]').fill('15:00');
  await dialog.locator('[name="pickupPlace"]').fill('一楼大厅2号窗口');
  await dialog.locator('button[type="submit"]').click();
  await expect(dialog).toBeHidden();
  await expect(page.locator('[data-case="return_notified"]')).toContainText('2026-03-02 15:00');
  await expect(page.locator('[data-case="return_notified"]')).toContainText('一楼大厅2号窗口');
  await axe(page);
  await shot(page, 'handling-refused');
  // Supervision sees the course, not what was said.
  const supervisor = await open();
  await enter(supervisor, 'supervisor.shiqi');
  await supervisor.goto(page.url());
  await expect(supervisor.locator('.log-line')).toHaveCount(2);
  await expect(supervisor.getByText('申请人均不在本镇街')).toHaveCount(0);
  await expect(supervisor.locator('[data-action]')).toHaveCount(0);
  await axe(supervisor);
  await step(page, 'return_papers');
  await expect(page.locator('[data-case="papers_collected"]')).toBeVisible();
  await expect(page.getByText('保留到 2026-05-31')).toBeVisible();
});

test('a result is late once the promised day has passed', async ({ page, server }) => {
  await enter(page, 'staff.shiqi');
  await page.goto('/desk/handling');
  await page.getByRole('button', { name: '收件登记' }).click();
  const dialog = page.getByRole('dialog');
  await choose(dialog, 'item', /社保卡补办/);
  await dialog.locator('[name="externalNo"]').fill('SQ20260031');
  await dialog.locator('[name="recipient"]').fill('取号单尾号0045');
  await dialog.locator('button[type="submit"]').click();
  await expect(dialog.getByText('这个办件编号已登记过。').first()).toBeVisible();
  await axe(page);
  await dialog.locator('[name="externalNo"]').fill('SQ20260045');
  await dialog.locator('button[type="submit"]').click();
  await expect(dialog).toBeHidden();
  await row(page, 'SQ20260045').locator('a').click();
  await step(page, 'accept', (shown) => shown.locator('[name="days"]').fill('3'));
  await expect(page.getByText('2026-03-05 前送到窗口')).toBeVisible();
  await step(page, 'begin_approval');
  const record = page.url();
  await server.travel('2026-03-06T09:30:00+08:00');
  await enter(page, 'staff.shiqi');
  await page.goto('/desk/handling');
  // What is late stands first.
  await expect(page.locator('[data-number]').first()).toHaveAttribute('data-number', 'SQ20260045');
  await expect(row(page, 'SQ20260045')).toContainText('送达超期');
  await page.locator('[data-queue="late"]').click();
  await expect(page.locator('[data-number]')).toHaveCount(1);
  await axe(page);
  await shot(page, 'handling-late');
  await page.goto(record);
  await step(page, 'finish_result');
  await step(page, 'deliver');
  await expect(page.locator('[data-case="at_window"]')).toContainText('送达超期');
  await step(page, 'collect');
  await expect(page.getByText('2026-03-20 前归档')).toBeVisible();
  await axe(page);
  await shot(page, 'handling-case');
});

test('a case that was not filed in time is found and filed', async ({ page }) => {
  await enter(page, 'admin.shiqi');
  await page.goto('/desk/handling');
  await expect(page.locator('[data-number]').first()).toHaveAttribute('data-number', 'SQ20260009');
  await page.locator('[data-queue="archive"]').click();
  // The list before holds it too, and goes away under the click when this one arrives.
  await expect(page.locator('[data-number]')).toHaveCount(1);
  await expect(row(page, 'SQ20260003')).toContainText('归档超期');
  await row(page, 'SQ20260003').locator('a').click();
  await page.locator('[data-action="archive"]').click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('button[type="submit"]').click();
  await expect(dialog.getByText('此项不能为空。').first()).toBeVisible();
  await dialog.locator('[name="reference"]').fill('2026-社保-0021');
  await dialog.locator('button[type="submit"]').click();
  await expect(dialog).toBeHidden();
  await expect(page.locator('[data-case="archived"]')).toBeVisible();
  await expect(page.getByText('2026-社保-0021')).toBeVisible();
  await page.getByRole('link', { name: '返回办件记录' }).click();
  await page.locator('[data-queue="archive"]').click();
  await expect(page.locator('[data-number]')).toHaveCount(0);
  await page.getByRole('searchbox').fill('sq20260003');
  await page.getByRole('searchbox').press('Enter');
  await expect(row(page, 'SQ20260003')).toContainText('已归档');
  await axe(page);
});

for (const locale of ['zh-CN', 'en-US'] as const) {
  test(`cases at windows fit a phone, ${locale}`, async ({ open }) => {
    const page = await open({ viewport: { width: 320, height: 640 }, locale });
    await enter(page, 'staff.shiqi');
    await page.goto('/desk/handling');
    await expect(page.locator('[data-number]').first()).toBeVisible();
    await axe(page);
    await fits(page);
    await shot(page, `phone-${locale.slice(0, 2)}-handling`);
    await row(page, 'SQ20260031').locator('a').click();
    await expect(page.locator('.log-line').first()).toBeVisible();
    await axe(page);
    await fits(page);
    await shot(page, `phone-${locale.slice(0, 2)}-handling-case`);
    for (const action of ['accept', 'refuse']) {
      await page.locator(`[data-action="${action}"]`).click();
      await expect(page.getByRole('dialog').locator('button[type="submit"]')).toBeVisible();
      await fits(page);
      await axe(page);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
    }
  });
}
