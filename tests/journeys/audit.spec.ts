// The audit: an administrator finds out who did what, that nothing was changed since, and takes it along.
import { readFileSync } from 'node:fs';
import { axe, enter, expect, login, shot, test } from './fixtures';
import { fits } from './steps';

test('a center admin filters, verifies and exports the audit', async ({ page }) => {
  await login(page, 'admin.shiqi');
  await page.getByRole('link', { name: '审计' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '审计记录' })).toBeVisible();
  const records = page.locator('[data-record]');
  const told = (text: string) => expect(records.filter({ hasText: text }).first()).toBeVisible();
  await told('登录');
  await expect(page.getByText('尚未核验。')).toBeVisible();
  await axe(page);
  await fits(page);

  await page.getByRole('button', { name: '立即核验' }).click();
  await expect(page.getByText(/第 1 至 \d+ 条已于 .* 核验，完好。/)).toBeVisible();
  await told('核验审计链：完好');

  await page.getByLabel('操作', { exact: true }).selectOption({ label: '受理投诉' });
  await expect(page).toHaveURL(/verb=complaint_accepted/);
  await expect(records.filter({ hasNotText: '受理投诉' })).toHaveCount(0);
  await expect(records.first().getByRole('link', { name: /\d{8}-/ })).toBeVisible();
  await page.getByLabel('开始日期').fill('2026-03-03');
  await expect(page.getByText('没有符合条件的记录。')).toBeVisible();
  await page.getByLabel('开始日期').fill('2026-01-01');
  await expect(records.first()).toContainText('受理投诉');
  const shown = await records.count();
  await shot(page, 'desk-audit');

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: '导出 CSV' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^审计记录-.*\.csv$/);
  const lines = readFileSync(await file.path(), 'utf8').split('\r\n');
  expect(lines[0]).toContain('时间,人员,角色,操作');
  expect(lines).toHaveLength(shown + 2); // the head, and nothing after the last line's end
  await expect(page.getByText(/已导出 \d+ 条记录/)).toBeVisible();
  await axe(page);
  await page.getByRole('button', { name: '清除筛选' }).click();
  await told('导出审计记录');
});

test('the auditor reads the audit of the city and a handler none', async ({ page, open }) => {
  await login(page, 'auditor.zhongshan');
  await expect(page).toHaveURL(/\/desk\/audit/);
  await expect(page.locator('[data-record]').filter({ hasText: '设置城市' })).toHaveCount(1);
  await expect(page.locator('[data-record]').filter({ hasText: '投诉' })).toHaveCount(0);
  await page.getByRole('button', { name: '立即核验' }).click();
  await expect(page.getByText(/核验，完好。/)).toBeVisible();
  // Nothing that the page asks for by itself is an attempt at what the city may not.
  await expect(page.locator('[data-record]').filter({ hasText: '越权' })).toHaveCount(0);

  const handler = await open();
  await login(handler, 'handler.shiqi');
  await expect(handler.getByRole('link', { name: '审计' })).toHaveCount(0);
  await handler.goto('/desk/audit');
  await expect(handler.getByRole('alert').first()).toBeVisible();
  const admin = await open();
  await enter(admin, 'admin.shiqi');
  await admin.goto('/desk/audit?verb=attempt_refused');
  await expect(admin.locator('[data-record]').first()).toContainText('越权操作被拒绝');
});

test.describe('on a phone in English', () => {
  test.use({ viewport: { width: 320, height: 640 }, locale: 'en-US' });

  test('the audit fits a phone and speaks English', async ({ page }) => {
    await enter(page, 'admin.shiqi');
    await page.goto('/desk/audit');
    await expect(page.getByRole('heading', { level: 1, name: 'Audit' })).toBeVisible();
    await expect(page.locator('[data-record]').filter({ hasText: 'Signed in' }).first()).toBeVisible();
    await page.getByRole('button', { name: 'Verify now' }).click();
    await expect(page.getByText(/Records 1 to \d+ were verified/)).toBeVisible();
    await axe(page);
    await fits(page);
    await shot(page, 'phone-en-audit');
  });
});
