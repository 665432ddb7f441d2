// What a center's administrator keeps: departments, published ways to complain, service points, devices.
import { axe, expect, login, shot, test } from './fixtures';
import { fits } from './steps';
import type { Page } from '@playwright/test';

async function fill(page: Page, fields: Record<string, string>): Promise<void> {
  const dialog = page.getByRole('dialog');
  for (const [name, value] of Object.entries(fields)) await dialog.locator(`[name="${name}"]`).fill(value);
  await dialog.locator('button[type="submit"]').click();
}

test('an administrator keeps the lists of the center, and the public sees the change', async ({ page, open }) => {
  await login(page, 'admin.shiqi');
  await page.getByRole('link', { name: '中心设置' }).click();
  const entry = (name: string) => page.getByRole('listitem').filter({ has: page.getByRole('heading', { name, exact: true }) });

  await page.getByRole('button', { name: '添加部门' }).click();
  await fill(page, { code: 'tax', nameZh: '不动产登记中心', nameEn: 'Real Estate Registration' });
  await expect(page.getByRole('alert').getByText('这个代码已被使用')).toBeVisible();
  await fill(page, { code: 'real_estate' });
  await expect(page.getByText('已完成：添加部门 · 不动产登记中心')).toBeFocused();
  await expect(entry('不动产登记中心')).toContainText('real_estate');
  await page.getByRole('button', { name: '停用 不动产登记中心' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '停用部门' }).click();
  await page.getByText('已停用（1）').click();
  await expect(entry('不动产登记中心').getByRole('button', { name: '恢复' })).toBeVisible();
  await shot(page, 'desk-settings');

  await page.getByRole('link', { name: '投诉渠道' }).click();
  await page.getByRole('button', { name: '修改 投诉电话' }).click();
  await fill(page, { valueZh: '0760-80000199', valueEn: '0760-80000199' });
  await expect(entry('投诉电话')).toContainText('0760-80000199');
  const up = page.getByRole('button', { name: '上移 投诉电话' });
  await up.click();
  await expect(page.getByRole('heading', { level: 3 }).nth(1)).toHaveText('投诉电话');
  await expect(up).toBeFocused();
  const visitor = await open();
  await visitor.goto('/c/shiqi');
  await expect(visitor.locator('.way').nth(1)).toContainText('0760-80000199');

  await page.getByRole('link', { name: '便民服务站' }).click();
  await page.getByRole('button', { name: '添加服务站' }).click();
  await fill(page, { code: 'yuexing', nameZh: '悦兴社区便民服务站', nameEn: 'Yuexing Service Point', address: '悦兴路8号' });
  await expect(entry('悦兴社区便民服务站')).toContainText('悦兴路8号');

  await page.getByRole('link', { name: '自助设备' }).click();
  await page.getByRole('button', { name: '登记设备' }).click();
  await page.getByRole('dialog').locator('[name="servicePointId"]').selectOption({ label: '悦兴社区便民服务站' });
  await shot(page, 'desk-settings-device', false);
  await fill(page, { name: '悦兴站自助机' });
  const shown = page.getByRole('dialog', { name: '设备凭证' });
  await expect(shown.locator('.address')).toBeFocused();
  const credential = await shown.locator('.address').innerText();
  expect(credential).toMatch(/^[0-9a-f]{64}$/);
  await axe(page, 'dialog[open]');
  await shown.getByRole('button', { name: '关闭' }).click();
  await expect(page.getByText(credential)).toHaveCount(0);
  await page.getByRole('button', { name: '停用 悦兴站自助机' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '停用设备' }).click();
  await expect(page.getByText('已停用（1）')).toBeVisible();

  await page.setViewportSize({ width: 320, height: 720 });
  for (const language of ['zh', 'en']) {
    if (language === 'en') await page.getByRole('button', { name: 'English' }).click();
    for (const list of ['channels', 'devices']) {
      await page.goto(`/desk/settings?list=${list}`);
      await expect(page.getByRole('heading', { level: 3 }).first()).toBeVisible();
      await fits(page);
      await axe(page);
      await shot(page, `desk-settings-${list}-${language}-320`);
    }
  }
});
