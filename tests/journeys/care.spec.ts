// The care window: a home visit is booked, put off, made and rated; somebody who came is handed over.
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

test('a home visit is booked, put off, made and rated', async ({ page, server }) => {
  await login(page, 'staff.shiqi');
  await page.getByRole('link', { name: '岗位工作' }).click();
  await page.getByRole('link', { name: '爱心专窗' }).click();
  // The demo's visit that nobody has made in time.
  await expect(page.locator('[data-care="assigned"]')).toContainText('上门超期');
  await axe(page);
  await shot(page, 'care-list');
  await page.getByRole('button', { name: '预约上门' }).click();
  const form = page.getByRole('dialog');
  await form.locator('button[type="submit"]').click();
  await expect(form.getByText('此项不能为空。').first()).toBeVisible();
  await axe(page);
  await shot(page, 'care-book', false);
  await form.getByText('孕产妇', { exact: true }).click();
  await form.locator('[name="need"]').fill('生育津贴申领，卧床休养。');
  await form.locator('[name="name"]').fill('欧阳丽');
  await form.locator('[name="phone"]').fill('13800007766');
  await form.locator('[name="address"]').fill('石岐街道示例路18号501房');
  await form.locator('[name="on"]').fill('2026-03-04');
  await form.locator('button[type="submit"]').click();
  await expect(form).toBeHidden();
  await page.getByRole('link', { name: /欧\*\*/ }).click();
  await expect(page.getByText('生育津贴申领，卧床休养。')).toBeVisible();
  await expect(page.getByText('2026-03-05 前上门')).toBeVisible();
  await expect(page.getByText('示例路18号')).toHaveCount(0);

  // How to reach her is shown for a reason.
  await page.getByRole('button', { name: '查看联系方式' }).click();
  await form.locator('[name="reason"]').fill('上门前电话确认。');
  await form.locator('button[type="submit"]').click();
  await expect(form.getByText('石岐街道示例路18号501房')).toBeVisible();
  await axe(page);
  await form.getByRole('button', { name: '关闭', exact: true }).click();

  await step(page, 'assign', async (shown) => {
    await choose(shown, 'visitor', /曾慧玲/);
    await choose(shown, 'companion', /邓子轩/);
  });
  await step(page, 'reschedule', async (shown) => {
    await shown.locator('[name="on"]').fill('2026-03-05');
    await shown.locator('[name="reason"]').fill('本人当天产检。');
  });
  await step(page, 'assign', (shown) => choose(shown, 'visitor', /何建国/));
  const record = page.url();
  await server.travel('2026-03-05T10:30:00+08:00');
  await enter(page, 'staff.shiqi');
  await page.goto(record);
  await step(page, 'visit', (shown) => shown.locator('[name="note"]').fill('材料已收齐。'));
  await step(page, 'finish', (shown) => shown.locator('[name="outcome"]').fill('津贴申请已受理，结果短信告知。'));
  await step(page, 'rate', async (shown) => {
    await shown.getByText('非常满意', { exact: true }).click();
    await shown.locator('[name="comment"]').fill('很方便，谢谢。');
  });
  await expect(page.getByText('非常满意').first()).toBeVisible();
  await expect(page.getByText('联系方式和需求保留到 2026-06-03')).toBeVisible();
  await expect(page.locator('.log-line')).toHaveCount(7);
  await axe(page);
  await shot(page, 'care-record');
});

test('somebody who came is served at once and handed over', async ({ page, open }) => {
  await enter(page, 'staff.shiqi');
  await page.goto('/desk/care');
  await page.getByRole('button', { name: '接待登记' }).click();
  const form = page.getByRole('dialog');
  await form.getByText('残疾人', { exact: true }).click();
  await choose(form, 'guide', /邓子轩/);
  await form.locator('button[type="submit"]').click();
  await expect(form).toBeHidden();
  await page.locator('[data-care="greeted"] a').click();
  await step(page, 'record_need', (shown) => shown.locator('[name="need"]').fill('社保卡密码重置。'));
  await step(page, 'hand_over', (shown) => choose(shown, 'receiver', /何建国/));
  await step(page, 'finish', (shown) => shown.locator('[name="outcome"]').fill('社保窗口当场重置。'));
  await expect(page.locator('[data-care="done"]')).toBeVisible();
  // Supervision sees the course, not what was said.
  const supervisor = await open();
  await enter(supervisor, 'supervisor.shiqi');
  await supervisor.goto(page.url());
  await expect(supervisor.locator('.log-line')).toHaveCount(4);
  await expect(supervisor.getByText('社保卡密码重置。')).toHaveCount(0);
  await axe(supervisor);
});

for (const locale of ['zh-CN', 'en-US'] as const) {
  test(`the care window fits a phone, ${locale}`, async ({ open }) => {
    const page = await open({ viewport: { width: 320, height: 640 }, locale });
    await enter(page, 'staff.shiqi');
    await page.goto('/desk/care');
    await expect(page.locator('[data-care]').first()).toBeVisible();
    await axe(page);
    await fits(page);
    await shot(page, `phone-${locale.slice(0, 2)}-care`);
    await page.locator('[data-care="booked"] a').first().click();
    await expect(page.locator('.log-line').first()).toBeVisible();
    await axe(page);
    await fits(page);
    await shot(page, `phone-${locale.slice(0, 2)}-care-record`);
    await page.locator('[data-action="assign"]').click();
    await expect(page.getByRole('dialog').locator('button[type="submit"]')).toBeVisible();
    await fits(page);
  });
}
