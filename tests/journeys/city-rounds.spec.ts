// The city organises a round in two centers: planned and opened in one step, each center with its own raters; what keeps one
// of them from following is said, and the figures stand side by side.
import { axe, enter, expect, shot, test } from './fixtures';
import { act, choose, PHONE } from './rounds';
import { fits } from './steps';

const ROUND = '全市代表评议（三月）';

test('the city plans, opens and closes a round in two centers, and sees them side by side', async ({ page, open }) => {
  test.slow();
  await enter(page, 'city.zhongshan');
  await page.goto('/desk/city-rounds');
  await axe(page);
  await page.getByRole('button', { name: '筹备市级活动' }).click();
  const dialog = page.getByRole('dialog');
  await choose(dialog, 'kind', /两代表一委员评价/);
  await choose(dialog, 'form', /第1版/);
  await dialog.locator('[name="name"]').fill(ROUND);
  await dialog.locator('[name="startsOn"]').fill('2026-03-02');
  await dialog.locator('[name="endsOn"]').fill('2026-03-13');
  await dialog.locator('[name="briefing"]').fill('请到大厅走访，逐项对照评价表。');
  await dialog.locator('button[type="submit"]').click();
  await expect(dialog.getByRole('alert')).toContainText('参加的中心');
  for (const center of ['石岐街道', '东区街道']) await dialog.getByLabel(center, { exact: true }).check();
  await axe(page, 'dialog');
  await shot(page, 'city-plan-round');
  await dialog.locator('button[type="submit"]').click();
  await expect(page.getByRole('heading', { level: 1, name: ROUND })).toBeVisible();
  await expect(page.locator('[data-part="planned"]')).toHaveCount(2);

  // The center finds the raters; name, days and targets are the city's, and so are opening and closing.
  const admin = await open();
  await enter(admin, 'admin.shiqi');
  await admin.goto('/desk/campaigns');
  await admin.locator('[data-campaign="planned"] a').filter({ hasText: ROUND }).click();
  await expect(admin.locator('main')).toContainText('这项活动由市级统一组织');
  await expect(admin.locator('[data-action]')).toHaveCount(0);
  await expect(admin.getByRole('button', { name: '选定评价对象' })).toHaveCount(0);
  await admin.getByRole('button', { name: '抽取评价人' }).click();
  await admin.getByRole('dialog').locator('[name="perGroup"]').fill('1');
  await admin.getByRole('dialog').locator('button[type="submit"]').click();
  await expect(admin.getByRole('dialog')).toContainText('抽到3人');
  await axe(admin);

  // One center follows; the other says why it does not yet.
  await act(page, page.locator('[data-action="open"]'));
  const shiqi = page.getByRole('row').filter({ hasText: '石岐街道' });
  const dongqu = page.getByRole('row').filter({ hasText: '东区街道' });
  await expect(shiqi).toHaveAttribute('data-part', 'open');
  await expect(shiqi).toContainText('名单3人');
  await expect(dongqu).toHaveAttribute('data-part', 'planned');
  await expect(dongqu).toContainText('请先确定评价人');
  await axe(page);
  await fits(page);
  await shot(page, 'city-round');
  await page.setViewportSize(PHONE.viewport);
  await fits(page);
  await shot(page, 'phone-zh-city-round');

  await act(page, page.locator('[data-action="close"]'));
  await expect(shiqi).toHaveAttribute('data-part', 'closed');
  await expect(dongqu).toContainText('活动结束前没有开始');
  await expect(page.locator('[data-action]')).toHaveCount(0);
  await axe(page);
  await page.goto('/desk/city-rounds');
  await expect(page.locator('[data-city-round="closed"]')).toContainText(ROUND);
  await axe(page);
  await fits(page);
});
