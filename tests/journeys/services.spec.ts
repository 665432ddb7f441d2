// A center tells how many services it has rendered; its ratings and complaints are compared to them.
import { axe, enter, expect, shot, test } from './fixtures';
import { fits } from './steps';

test('a center tells its services of a day, and the city compares centers by them', async ({ page, open }) => {
  await enter(page, 'admin.shiqi');
  await page.goto('/desk/standing');
  await page.getByRole('link', { name: '填报或查看办件量' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '办件量' })).toBeVisible();
  await expect(page.getByText('已填报 0 天，共 0 件。')).toBeVisible();
  await expect(page.getByText('还有 1 个工作日没有填报。')).toBeVisible();
  const monday = page.getByLabel(/^03-02 周一/);
  const save = page.getByRole('button', { name: '保存办件量' });
  // Nothing typed, and too much.
  await save.click();
  await expect(page.getByRole('alert')).toContainText('此项不能为空。');
  await monday.fill('20001');
  await save.click();
  await expect(page.getByRole('alert')).toContainText('每天最多20000件');
  await expect(page.locator('.field-error')).toHaveCount(1);
  await axe(page);
  await monday.fill('135');
  await monday.press('Enter');
  await expect(page.getByText('已保存。')).toBeVisible();
  await expect(page.getByText('已填报 1 天，共 135 件。')).toBeVisible();
  // Corrected at once, before anything was read anew by hand.
  await monday.fill('136');
  await save.click();
  await expect(page.getByText('已填报 1 天，共 136 件。')).toBeVisible();
  await page.getByRole('link', { name: '上个月' }).click();
  await expect(page.getByRole('heading', { level: 2, name: '2026-02' })).toBeVisible();
  await expect(page.getByText('已保存。'), 'of another month').toHaveCount(0);
  await expect(page.getByLabel('02-17 周二 休息')).toHaveValue('');
  await expect(page.getByLabel(/^02-11 周三/)).not.toHaveValue('');
  await axe(page);
  await fits(page);
  await shot(page, 'services-month');

  const city = await open();
  await enter(city, 'city.zhongshan');
  for (const metric of ['complaint_rate', 'active_rating_rate']) {
    await city.goto(`/desk/compare?metric=${metric}&from=2026-01-01&to=2026-01-31`);
    await expect(city.locator('tr[data-center="shiqi"]')).toContainText('%');
  }
  await axe(city);
  await shot(city, 'services-compared');
});

test('supervision reads what was told, and tells nothing', async ({ page }) => {
  await enter(page, 'supervisor.shiqi');
  await page.goto('/desk/standing/services?day=2026-02-01');
  await expect(page.getByRole('heading', { level: 2, name: '2026-02' })).toBeVisible();
  await expect(page.getByText('02-17 周二 休息')).toBeVisible();
  await expect(page.getByRole('button', { name: '保存办件量' })).toHaveCount(0);
});

for (const [locale, title] of [['zh-CN', '办件量'], ['en-US', 'Services']]) {
  test(`services fit a phone, ${locale}`, async ({ open }) => {
    const page = await open({ viewport: { width: 320, height: 640 }, locale });
    await enter(page, 'admin.shiqi');
    await page.goto('/desk/standing/services?day=2026-02-01');
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
    await expect(page.locator('input[type="number"]').first()).toBeVisible();
    await axe(page);
    await fits(page);
    await shot(page, `phone-${locale.slice(0, 2)}-services`);
  });
}
