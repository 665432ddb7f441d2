// Staff come in by a workbook with two bad rows, and go again; a list leaves as a workbook.
import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { axe, enter, expect, shot, test } from './fixtures';
import { fits } from './steps';
import { unzip, workbook } from './workbook';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const rows = [
  ['工号', '姓名', '职务', '入职日期'],
  ['示例 A-001', '张三'],
  ['IMP-1', '冯小雨', '导办', '2026-02-02'],
  ['IMP-2', '', '导办', '2026-02-30'],
  ['IMP 3', '罗志强'],
  ['IMP-4', '=HYPERLINK("x")', '咨询', '2026/3/1'],
];

async function saved(page: Page, button: string, within: Page | Locator = page, name = ''): Promise<Map<string, string>> {
  const [download] = await Promise.all([page.waitForEvent('download'), within.getByRole('button', { name: button }).click()]);
  expect(download.suggestedFilename()).toMatch(new RegExp(`^${name}.*\\.xlsx$`));
  return unzip(readFileSync(await download.path()));
}

test('staff come in by a workbook with two bad rows, and the batch is taken back', async ({ page }) => {
  await enter(page, 'admin.shiqi');
  await page.goto('/desk/staff');
  await page.getByRole('link', { name: '从 Excel 导入' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '从 Excel 导入' })).toBeVisible();
  await expect(page.getByText('还没有导入过。')).toBeVisible();
  await axe(page);
  await shot(page, 'import');

  const form = await saved(page, '下载模板');
  expect(form.get('xl/sharedStrings.xml')).toContain('工号 *');
  expect(form.get('xl/worksheets/sheet1.xml')).toContain('<dataValidation ');

  await page.locator('[name="workbook"]').setInputFiles({ name: '人员.xlsx', mimeType: XLSX, buffer: workbook(rows) });
  await expect(page.getByText('共 4 行，可导入 2 行，发现 3 处问题。')).toBeVisible();
  const faults = page.locator('tr[data-fault]');
  await expect(faults).toHaveCount(3);
  await expect(faults.filter({ hasText: 'D 入职日期' })).toContainText('没有这个日期');
  await expect(faults.filter({ hasText: 'B 姓名' })).toContainText('此项不能为空。');
  await expect(faults.filter({ hasText: 'A 工号' })).toContainText('5');
  await axe(page);
  await shot(page, 'import-faults');
  await page.setViewportSize({ width: 320, height: 720 });
  await fits(page);
  await shot(page, 'import-faults-320');
  await page.setViewportSize({ width: 1280, height: 800 });

  await page.getByRole('button', { name: '只导入没有问题的 2 行' }).click();
  await expect(page.getByText('已导入 2 行。')).toBeFocused();
  await page.goto('/desk/staff');
  await expect(page.locator('[data-staff="IMP-1"]')).toContainText('冯小雨');
  await expect(page.locator('[data-staff="IMP-2"]')).toHaveCount(0);

  await page.getByRole('searchbox').fill('IMP');
  const list = await saved(page, '导出 Excel');
  const texts = list.get('xl/sharedStrings.xml');
  expect(texts).toContain('冯小雨');
  expect(texts).toContain('=HYPERLINK');
  expect(texts).not.toContain('黄晓敏');
  // A text is a text, and a day is a number that is shown as one.
  expect(list.get('xl/worksheets/sheet1.xml')).not.toContain('<f>');
  expect(list.get('xl/worksheets/sheet1.xml')).toContain('<v>46055</v>');
  await shot(page, 'staff-export');

  await page.goto('/desk/import');
  await page.getByRole('button', { name: '整批撤销' }).click();
  await expect(page.getByText('已整批撤销。')).toBeFocused();
  await expect(page.getByText('已撤销', { exact: true })).toBeVisible();
  await page.goto('/desk/staff');
  await expect(page.locator('[data-staff]').first()).toBeVisible();
  await expect(page.locator('[data-staff="IMP-1"]')).toHaveCount(0);
});

test('the list of overdue cases leaves as it is narrowed', async ({ page }) => {
  await enter(page, 'handler.shiqi');
  await page.goto('/desk/complaints?queue=overdue');
  await expect(page.getByRole('heading', { level: 1, name: '已超期' })).toBeVisible();
  const list = await saved(page, '导出 Excel');
  expect(list.get('xl/sharedStrings.xml')).toContain('投诉人（已隐去）');
  expect(list.get('xl/sharedStrings.xml')).toContain('筛选: 队列');
  await axe(page);
  await page.setViewportSize({ width: 320, height: 720 });
  await fits(page);
  await shot(page, 'inbox-export-320');
});

test('what the posts do leaves as their pages show it', async ({ page }) => {
  const list = async (within?: string, name?: string): Promise<string> => {
    const book = await saved(page, '导出 Excel', within ? page.getByRole('region', { name: within }) : page, name ?? within);
    return book.get('xl/sharedStrings.xml')!;
  };
  await enter(page, 'admin.shiqi');
  await page.goto('/desk/gaps?kind=women');
  await expect(page.locator('[data-post="women"]')).toBeVisible();
  const gaps = await list(undefined, '缺项');
  expect(gaps).toContain('不达标起始日');
  expect(gaps).toContain('巾帼文明岗');
  expect(gaps).not.toContain('青年文明岗');

  await page.goto('/desk/phrases');
  await page.locator('select[name="kind"]').selectOption('forbidden');
  await expect(page.locator('[data-phrase="civil"]')).toHaveCount(0);
  const phrases = await list();
  expect(phrases).toContain('我不是说过了吗');
  expect(phrases).not.toContain('文明用语');

  // Who was served stays masked.
  await page.goto('/desk/care');
  await expect(page.locator('[data-care]').first()).toBeVisible();
  const care = await list();
  expect(care).toContain('姓名（已隐去）');
  expect(care).toMatch(/>.\*+</);

  // Where a page has several lists, each leaves under its own name.
  await page.goto('/desk/tidal');
  expect(await list('来电登记')).toContain('号码后四位');
  expect(await list('后台工作')).toContain('用时（分钟）');
  await axe(page);
  await page.goto('/desk/training');
  expect(await list('培训覆盖')).toContain('所在岗位');
  await page.setViewportSize({ width: 320, height: 720 });
  await fits(page);
  await axe(page);
  await shot(page, 'training-export-320');
});

test.describe('a file that is no workbook', () => {
  test.use({ allowedProblems: [/imports\/posts/] });

  test('is refused in the language of the page', async ({ open }) => {
    const page = await open({ locale: 'en-US', viewport: { width: 320, height: 720 } });
    await enter(page, 'admin.shiqi');
    await page.goto('/desk/import?table=posts');
    await expect(page.getByLabel('Posts', { exact: true })).toBeChecked();
    await page.locator('[name="workbook"]').setInputFiles({ name: 'a.xlsx', mimeType: XLSX, buffer: Buffer.from('a,b,c') });
    await expect(page.getByRole('alert')).toContainText('This is no xlsx workbook');
    await fits(page);
    await axe(page);
    await shot(page, 'import-refused-en-320');
  });
});
