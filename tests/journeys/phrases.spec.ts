// Phrases: the administrator adds one, says instead of what, finds it and prints cards; nobody else changes any.
import type { Locator, Page } from '@playwright/test';
import { axe, enter, expect, login, shot, test } from './fixtures';
import { fits } from './steps';

const GOOD = '我没有讲清楚，我换个说法再给您讲一遍';
const BAD = '我不是说过了吗';

const card = (page: Page, text: string): Locator =>
  page.locator('[data-phrase]').filter({ has: page.getByRole('heading', { name: text, exact: true }) });

const choose = (dialog: Locator, name: string, text: RegExp) =>
  dialog.locator(`select[name="${name}"]`).evaluate((select, source) => {
    const option = [...(select as HTMLSelectElement).options].find((option) => new RegExp(source).test(option.text));
    if (!option) throw new Error(`no option ${source}`);
    (select as HTMLSelectElement).value = option.value;
    select.dispatchEvent(new Event('change', { bubbles: true }));
  }, text.source);

test('the administrator adds a phrase to say, finds it and prints cards', async ({ page, open }) => {
  await login(page, 'admin.shiqi');
  await page.getByRole('link', { name: '岗位工作' }).click();
  await page.getByRole('link', { name: '服务用语' }).click();
  await expect(page.getByText('系统不录音，也不监听窗口对话。')).toBeVisible();
  await expect(card(page, BAD)).toContainText('应改说');
  await axe(page);
  await shot(page, 'phrases');

  await page.getByRole('button', { name: '添加用语' }).click();
  const form = page.getByRole('dialog');
  await form.locator('button[type="submit"]').click();
  await expect(form.getByText('此项不能为空。').first()).toBeVisible();
  // A forbidden phrase is said instead of nothing.
  await form.getByText('禁忌用语', { exact: true }).click();
  await form.getByText('沟通解释', { exact: true }).click();
  await form.locator('[name="text"]').fill(GOOD);
  await choose(form, 'replacementFor', new RegExp(BAD));
  await form.locator('button[type="submit"]').click();
  await expect(form.getByText('禁忌用语不能代替其他用语。').first()).toBeVisible();
  await axe(page);
  await form.getByText('文明用语', { exact: true }).click();
  await form.locator('[name="situation"]').fill('群众没有听明白');
  await form.locator('button[type="submit"]').click();
  await expect(form).toBeHidden();
  await expect(card(page, BAD)).toContainText(GOOD);
  await expect(card(page, GOOD)).toContainText('本中心');

  // One that comes with the product is retired here, and taken back.
  await page.getByRole('button', { name: '停用 不知道', exact: true }).click();
  await expect(card(page, '不知道')).toHaveCount(0);
  await page.getByText('显示已停用的').click();
  await expect(card(page, '不知道')).toContainText('已停用');
  await page.getByRole('button', { name: '恢复 不知道', exact: true }).click();
  await expect(card(page, '不知道')).not.toContainText('已停用');

  await page.getByRole('searchbox').fill('没有听明白');
  await expect(page.getByText('共 1 条')).toBeVisible();
  await expect(page.locator('[data-phrase]')).toHaveCount(1);
  await page.getByRole('searchbox').fill('');
  await page.locator('select[name="kind"]').selectOption({ label: '文明用语' });
  await expect(page.locator('[data-phrase="forbidden"]')).toHaveCount(0);

  // What is on the page is what is printed, without the buttons.
  await page.evaluate(() => {
    window.print = () => document.body.setAttribute('data-printed', '');
  });
  await page.getByRole('button', { name: '打印学习卡' }).click();
  await expect(page.locator('body')).toHaveAttribute('data-printed', '');
  await page.emulateMedia({ media: 'print' });
  await expect(card(page, GOOD)).toBeVisible();
  await expect(page.locator('main').getByRole('button')).toHaveCount(0);
  await expect(page.getByRole('searchbox')).toBeHidden();
  await shot(page, 'phrases-print');
  const pdf = await page.pdf({ preferCSSPageSize: true });
  expect(pdf.toString('latin1')).toMatch(/\/Type\s*\/Page\b(?!s)/);

  const staff = await open();
  await enter(staff, 'staff.shiqi');
  await staff.goto('/desk/phrases');
  await expect(card(staff, GOOD)).toBeVisible();
  await expect(staff.getByRole('button', { name: '添加用语' })).toHaveCount(0);
  await expect(card(staff, GOOD).getByRole('button')).toHaveCount(0);
});

for (const locale of ['zh-CN', 'en-US'] as const) {
  test(`phrases fit a phone, ${locale}`, async ({ open }) => {
    const page = await open({ viewport: { width: 320, height: 640 }, locale });
    await enter(page, 'admin.shiqi');
    await page.goto('/desk/phrases');
    await expect(card(page, BAD)).toBeVisible();
    await axe(page);
    await fits(page);
    await shot(page, `phone-${locale.slice(0, 2)}-phrases`);
    await card(page, BAD).getByRole('button').first().click();
    await expect(page.getByRole('dialog').locator('button[type="submit"]')).toBeVisible();
    await axe(page);
    await fits(page);
  });
}
