// What a city office does: a center comes, another one leaves by the word of two; a policy value; three administrators.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { PASSWORD, axe, enter, expect, login, shot, test } from './fixtures';
import { file, follow, openCase } from './steps';

const fits = async (page: Page) =>
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);

const center = (page: Page, code: string) => page.locator(`[data-center="${code}"]`);

async function step(page: Page, code: string, button: string): Promise<void> {
  await center(page, code).getByRole('button', { name: button }).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('[name="reason"]').fill('镇区机构调整，文号〔2026〕3号');
  await dialog.locator('button[type="submit"]').click();
}

test('a center leaves with its data by the word of two, and another comes', async ({ page, open }) => {
  await login(page, 'city.zhongshan');
  await page.getByRole('link', { name: '中心管理' }).click();
  await expect(center(page, 'shiqi')).toContainText('运行中');
  await axe(page);
  await shot(page, 'desk-centers');
  await page.getByRole('button', { name: '新增中心' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('button[type="submit"]').click();
  await expect(dialog.getByText('此项不能为空。').first()).toBeVisible();
  await dialog.locator('[name="nameZh"]').fill('翠亨新区');
  await dialog.locator('[name="nameEn"]').fill('Cuiheng New Area');
  await dialog.locator('[name="code"]').fill('cuiheng');
  await dialog.getByText('街道', { exact: true }).click();
  await axe(page);
  await dialog.locator('button[type="submit"]').click();
  await expect(page.getByText('已新增翠亨新区。')).toBeVisible();
  await step(page, 'shiqi', '开始关闭');
  await expect(center(page, 'shiqi')).toContainText('关闭中');

  // The one who began cannot confirm, and nobody can before the data is taken.
  await step(page, 'shiqi', '确认关闭');
  await expect(dialog.getByText('须由另一位市级管理员确认').first()).toBeVisible();
  await dialog.getByRole('button', { name: '关闭', exact: true }).click();
  const admin = await open();
  await enter(admin, 'admin.shiqi');
  await admin.goto('/desk/settings');
  await admin.getByRole('button', { name: '导出' }).click();
  await admin.getByRole('dialog').locator('[name="current"]').fill(PASSWORD);
  const download = admin.waitForEvent('download');
  await admin.getByRole('dialog').locator('button[type="submit"]').click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('shiqi-2026-03-02.jsonl');
  const lines = readFileSync(await file.path(), 'utf8').trim().split('\n');
  expect(JSON.parse(lines[lines.length - 1]).end).toBe(true);
  await expect(admin.getByText('下载已开始。')).toBeVisible();

  const other = await open();
  await enter(other, 'city2.zhongshan');
  await other.goto('/desk/centers');
  await expect(center(other, 'shiqi')).toContainText('数据导出于');
  await step(other, 'shiqi', '确认关闭');
  await expect(center(other, 'shiqi')).toContainText('已关闭');
  await admin.reload();
  await expect(admin).toHaveURL(/\/desk\/(login|choose)/);
});

test('a policy value shows what it means before it is set, on a phone in both languages', async ({ open }) => {
  for (const [locale, language] of [['zh-CN', 'zh'], ['en-US', 'en']] as const) {
    const page = await open({ viewport: { width: 320, height: 640 }, locale });
    await enter(page, 'city.zhongshan');
    await page.goto('/desk/policy');
    await expect(page.locator('[data-policy="complaint.normal"]')).toBeVisible();
    await axe(page);
    await fits(page);
    await shot(page, `phone-${language}-policy`);
    await page.locator('[data-policy="complaint.normal"] button').click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('[name="value"]').fill(language === 'zh' ? '7' : '8');
    await expect(dialog.locator('.panel li')).not.toHaveCount(0);
    await dialog.locator('[name="reason"]').fill('试行三个月');
    await axe(page);
    await fits(page);
    await shot(page, `phone-${language}-policy-change`);
    await dialog.locator('button[type="submit"]').click();
    await expect(page.locator('.done-line')).toBeVisible();
    await expect(page.getByText('试行三个月').first()).toBeVisible();
    await page.goto('/desk/centers');
    await expect(page.locator('[data-center="shiqi"]')).toBeVisible();
    await axe(page);
    await fits(page);
    await shot(page, `phone-${language}-centers`, false);
  }
});

test('the security administrator gives roles and nobody gets two administrations', async ({ page }) => {
  await login(page, 'security.zhongshan');
  await expect(page).toHaveURL(/\/desk\/members/);
  await expect(page.getByRole('link', { name: '中心管理' })).toHaveCount(0);
  await expect(page.getByRole('link', { name: '审计' })).toHaveCount(0);
  await page.getByRole('button', { name: '邀请人员' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('[name="login"]').fill('auditor.zhongshan');
  await dialog.locator('[name="displayName"]').fill('审计');
  await dialog.getByText('市级管理员', { exact: true }).click();
  await dialog.locator('button[type="submit"]').click();
  await expect(dialog.getByText('须由三个不同的账号担任').first()).toBeVisible();
  // A page of the other entry point, and back.
  await page.getByRole('dialog').getByRole('button', { name: '关闭', exact: true }).click();
  await page.getByRole('link', { name: '标准目录' }).click();
  await expect(page).toHaveURL(/\/desk\/catalogue/);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('button', { name: '邀请人员' })).toBeVisible();
});

test('a corrected list of holidays moves deadlines, and whoever is concerned sees it', async ({ page, open }) => {
  const visitor = await open({ viewport: { width: 320, height: 640 } });
  const { number } = await file(visitor);
  await follow(visitor);
  await expect(visitor.locator('main')).toContainText('2026-03-03');

  const official = readFileSync(new URL('../../migration/data/calendar.csv', import.meta.url), 'utf8');
  const of2026 = official.split('\n').filter((line) => line.startsWith('2026')).join('\n');
  await login(page, 'city.zhongshan');
  await page.getByRole('link', { name: '节假日', exact: true }).click();
  await expect(page.locator('[data-year="2026"]')).toBeVisible();
  const list = page.locator('[name="list"]');
  await list.fill(`${of2026}\n2026-03-04,上班\n`);
  await page.getByRole('button', { name: '核对并查看影响' }).click();
  await expect(page.getByRole('alert')).toContainText('周一至周五本来就是工作日');
  await axe(page);
  await list.fill(`${of2026}\n2026-03-03，放假，临时安排\n`);
  await page.getByRole('button', { name: '核对并查看影响' }).click();
  await expect(page.locator('[data-center="shiqi"]')).toContainText('推后');
  await expect(page.locator('main')).toContainText('期限由2026-03-03调整为2026-03-04');
  await axe(page);
  await shot(page, 'desk-calendar');
  await page.getByRole('button', { name: '确认录入2026年安排' }).click();
  await expect(page.getByText('已录入2026年安排')).toBeVisible();

  await follow(visitor);
  await expect(visitor.locator('main')).toContainText('期限随节假日安排调整');
  await expect(visitor.locator('main')).toContainText('2026-03-04');
  await shot(visitor, 'phone-zh-track-calendar');
  const handler = await open();
  await enter(handler, 'handler.shiqi');
  await openCase(handler, number);
  await expect(handler.getByText('期限由2026-03-03调整为2026-03-04')).toBeVisible();
  await axe(handler);
  await shot(handler, 'desk-case-calendar');
});

test('the holidays fit on a phone in English', async ({ open }) => {
  const page = await open({ viewport: { width: 320, height: 640 }, locale: 'en-US' });
  await enter(page, 'city.zhongshan');
  await page.goto('/desk/calendar');
  await page.locator('[name="list"]').fill('2027-01-01,holiday,New Year\n2027-02-20,workday,Spring Festival\n');
  await page.getByRole('button', { name: 'Check and show what changes' }).click();
  await expect(page.getByRole('heading', { name: 'What the list of 2027 changes' })).toBeVisible();
  await axe(page);
  await fits(page);
  await shot(page, 'phone-en-calendar');
});
