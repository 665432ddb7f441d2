// Signs that ratings were not given freely: supervision looks into one, it stands beside the results, the city reads why.
import { axe, enter, expect, login, shot, test } from './fixtures';
import { fits } from './steps';

const WEEK = '/desk/ratings?week=2026-02-09';
const REASON = '值班人员承认用自己的手机代评，已谈话。';

test('supervision looks into a sign, which stands beside the results, and the city reads why', async ({ page, open }) => {
  await login(page, 'supervisor.shiqi');
  await page.getByRole('link', { name: '评价异常' }).click();
  await expect(page.getByRole('heading', { name: '评价异常提示' })).toBeVisible();
  const card = page.locator('[data-flag="device"]');
  await expect(card).toHaveCount(1);
  await expect(card).toContainText('2026-02-13');
  await expect(card).toContainText('至少 5 条中的至少 5 条');
  await axe(page);
  await shot(page, 'rating-flags');

  // The ratings count on, and the day has a mark.
  await page.goto(WEEK);
  const mark = page.locator('tr[data-point="shown"] [data-mark="device"]');
  await expect(mark).toContainText('尚未核查');
  await axe(page);

  await page.goto('/desk/rating-flags');
  await card.getByRole('button', { name: /^处理：/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '保存' }).click();
  await expect(dialog.getByRole('alert').getByRole('link')).toHaveCount(2);
  await axe(page);
  await dialog.getByLabel('存疑').check();
  await dialog.locator('[name="reason"]').fill(REASON);
  await dialog.getByRole('button', { name: '保存' }).click();
  await expect(page.getByText('已保存。').first()).toBeVisible();
  await expect(card).toHaveCount(0);
  await page.getByRole('button', { name: '存疑', exact: true }).click();
  await expect(card).toContainText(REASON);
  await expect(card.getByRole('button')).toHaveCount(0);
  await page.goto(WEEK);
  await expect(mark).toContainText('存疑');

  // The city reads it, on a phone and in English, and decides nothing.
  const city = await open({ viewport: { width: 320, height: 640 }, locale: 'en-US' });
  await enter(city, 'reviewer.zhongshan');
  await city.goto('/desk/rating-flags');
  await expect(city.getByRole('heading', { name: 'Signs that ratings were not given freely' })).toBeVisible();
  await expect(city.getByText('There is nothing here.')).toBeVisible();
  await city.getByRole('button', { name: 'Stands', exact: true }).click();
  const told = city.locator('[data-flag="device"]');
  await expect(told).toContainText(REASON);
  await expect(told.getByRole('heading')).toContainText('Shiqi');
  await expect(told.getByRole('button')).toHaveCount(0);
  await axe(city);
  await fits(city);
  await shot(city, 'rating-flags-320');
});

test('whoever keeps the points sees marks and no list of signs', async ({ page }) => {
  await login(page, 'admin.shiqi');
  await expect(page.getByRole('link', { name: '评价异常' })).toHaveCount(0);
  await page.goto(WEEK);
  await expect(page.locator('[data-mark="device"]')).toHaveCount(1);
});
