// Those who look on: supervision, the city, and anyone who reads the standard.
import { axe, enter, expect, login, shot, test } from './fixtures';
import { act, file, fits, openCase } from './steps';

test('supervision presses an overdue complaint', async ({ page, open }) => {
  await login(page, 'supervisor.shiqi');
  await expect(page.getByRole('heading', { level: 1, name: '超期督办' })).toBeVisible();
  await axe(page);
  await shot(page, 'desk-overdue');
  await act(page, 'press', { reason: '请今天下班前报告进展。' });
  const handler = await open();
  await login(handler, 'handler.shiqi');
  await handler.getByRole('button', { name: /提醒/ }).first().click();
  await expect(handler.getByText('请今天下班前报告进展。').first()).toBeVisible();
  await axe(handler);
  await handler.getByRole('button', { name: /^知道了/ }).first().click();
  await expect(handler.getByText('已读').first()).toBeVisible();
});

test('supervision takes a case up, and the administrator is told', async ({ page, open }) => {
  const { number } = await file(await open());
  await enter(page, 'supervisor.shiqi');
  await openCase(page, number);
  await act(page, 'escalate', { reason: '本地公众号已转发，请中心负责人跟进。' }, ['媒体或网络关注']);
  await expect(page.getByText(/政务督办/).first()).toBeVisible();
  const admin = await open();
  await login(admin, 'admin.shiqi');
  await admin.getByRole('button', { name: /提醒/ }).first().click();
  await expect(admin.getByText('本地公众号已转发，请中心负责人跟进。').first()).toBeVisible();
  await admin.getByRole('link', { name: new RegExp(number) }).first().click();
  await expect(admin.getByRole('heading', { level: 1, name: new RegExp(number) })).toBeVisible();
  await expect(admin.getByRole('listitem').filter({ hasText: '本地公众号已转发' })).toContainText('提级上报');
});

test('the city sees the counts of its centers and no case', async ({ page }) => {
  await enter(page, 'city.zhongshan');
  await page.goto('/desk/city');
  await expect(page.getByRole('heading', { level: 1, name: '各镇街投诉办理情况' })).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: '石岐街道' })).toBeVisible();
  await expect(page.getByRole('row')).toHaveCount(25); // 23 centers, the head and the total
  await axe(page);
  await fits(page);
  await shot(page, 'desk-city');
  await page.goto('/desk/complaints');
  await expect(page.getByRole('link', { name: /\d{8}-/ })).toHaveCount(0);
});

test('the catalogue shows each clause with what serves it', async ({ page }) => {
  await enter(page, 'handler.shiqi');
  await page.goto('/desk/catalogue');
  await page.getByRole('searchbox').fill('6.8.2');
  await expect(page.getByText('6.8.2').first()).toBeVisible();
  await expect(page.getByText('公开门户').first()).toBeVisible();
  await axe(page);
  await shot(page, 'desk-catalogue');
});

test.describe('on a phone in English', () => {
  test.use({ viewport: { width: 320, height: 640 }, locale: 'en-US' });

  test('every desk page fits a phone and speaks English', async ({ page }) => {
    await login(page, 'handler.shiqi');
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    for (const path of ['/desk/complaints?queue=all', '/desk/complaints/new', '/desk/catalogue']) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
      await axe(page);
      await fits(page);
      await shot(page, `phone-en-${path.split(/[/?]/)[3] ?? ''}-${path.includes('new') ? 'new' : 'list'}`);
    }
  });
});

test('a person with two places chooses one', async ({ page }) => {
  await page.goto('/desk/login');
  await page.locator('input[name="login"]').fill('handler2.shiqi');
  await page.locator('input[name="password"]').fill('demo-gangping-2026');
  await page.locator('input[name="password"]').press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: '请选择工作单位' })).toBeVisible();
  await axe(page);
  await page.getByRole('button', { name: /东区街道/ }).click();
  await expect(page.getByText('东区街道').first()).toBeVisible();
});

test('a wrong password is told without a hint', async ({ page }) => {
  await page.goto('/desk/login');
  await page.locator('input[name="login"]').fill('handler.shiqi');
  await page.locator('input[name="password"]').fill('not the password');
  await page.locator('input[name="password"]').press('Enter');
  await expect(page.getByRole('alert').first()).toBeVisible();
  await expect(page.locator('input[name="login"]')).toHaveValue('handler.shiqi');
  await axe(page);
});
