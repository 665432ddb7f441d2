// A tidal window: somebody counts, opening is proposed, a lead decides; calls are returned and work in the back is told.
import type { Locator, Page } from '@playwright/test';
import { axe, enter, expect, login, shot, test } from './fixtures';
import { fits } from './steps';

const now = (page: Page): Locator => page.locator('[data-phase]');

async function dialog(page: Page, button: string | RegExp, fill: (dialog: Locator) => Promise<void>): Promise<void> {
  await page.getByRole('button', { name: button }).first().click();
  const shown = page.getByRole('dialog');
  await expect(shown).toBeVisible();
  await fill(shown);
  await shown.locator('button[type="submit"]').click();
  await expect(shown).toBeHidden();
  await expect(page.getByText('已保存。')).toBeVisible();
}

const count = (page: Page, waiting: number, minutes: number) =>
  dialog(page, '登记排队情况', async (shown) => {
    await shown.locator('[name="waiting"]').fill(String(waiting));
    await shown.locator('[name="minutes"]').fill(String(minutes));
  });

test('a tidal window opens on a proposal and closes', async ({ page, open, server }) => {
  await login(page, 'staff.shiqi');
  await page.getByRole('link', { name: '岗位工作' }).click();
  await page.getByRole('link', { name: '潮汐窗口' }).click();
  await expect(now(page)).toHaveAttribute('data-phase', 'closed');
  await axe(page);
  await shot(page, 'tidal-quiet');
  // Counting wrongly is told at the field.
  await page.getByRole('button', { name: '登记排队情况' }).click();
  const form = page.getByRole('dialog');
  await form.locator('[name="waiting"]').fill('9999');
  await form.locator('button[type="submit"]').click();
  await expect(form.getByText('请填写0到2000之间的整数。').first()).toBeVisible();
  await axe(page);
  await form.getByRole('button', { name: '关闭', exact: true }).click();
  await count(page, 17, 19);
  await server.travel('2026-03-02T09:37:00+08:00');
  await page.reload();
  await count(page, 19, 24);
  await expect(now(page)).toHaveAttribute('data-phase', 'proposed');
  await expect(page.getByText('由该窗口负责人或中心管理员决定。')).toBeVisible();
  await expect(page.locator('[data-action]')).toHaveCount(0);

  const lead = await open();
  await enter(lead, 'admin.shiqi');
  await lead.goto('/desk/tidal');
  await expect(lead.getByText('最多 19 人等候').first()).toBeVisible();
  await axe(lead);
  await shot(lead, 'tidal-proposed');
  await lead.locator('[data-action="open"]').click();
  await expect(now(lead)).toHaveAttribute('data-phase', 'open');

  // It empties: after a quarter of an hour closing is proposed.
  await server.travel('2026-03-02T09:50:00+08:00');
  await page.reload();
  await count(page, 5, 6);
  await server.travel('2026-03-02T10:04:00+08:00');
  await page.reload();
  await count(page, 4, 5);
  await server.travel('2026-03-02T10:06:00+08:00');
  await page.reload();
  await count(page, 3, 3);
  // Whoever looked away for so long signs in anew.
  await enter(lead, 'admin.shiqi');
  await lead.goto('/desk/tidal');
  await expect(lead.getByText('人已不多，建议停止取号并关闭。')).toBeVisible();
  await lead.locator('[data-action="drain"]').click();
  await expect(now(lead)).toHaveAttribute('data-phase', 'draining');
  await dialog(lead, '关闭窗口', (shown) => shown.locator('[name="served"]').fill('11'));
  await expect(now(lead)).toHaveAttribute('data-phase', 'closed');
  await expect(lead.locator('[data-session="auto"]').first()).toContainText('11');
  await axe(lead);
  await shot(lead, 'tidal-closed');
});

test('a missed call is returned, and work in the back is told', async ({ page, server }) => {
  await enter(page, 'staff.shiqi');
  await page.goto('/desk/tidal');
  await dialog(page, '登记来电', async (shown) => {
    await shown.locator('[name="time"]').fill('09:10');
    await shown.getByText('未接听', { exact: true }).click();
    await shown.locator('[name="tail"]').fill('7788');
  });
  const call = page.locator('[data-call="7788"]');
  await expect(call).toContainText('2026-03-02 前回电');
  // The next day it is late.
  await server.travel('2026-03-03T09:30:00+08:00');
  await enter(page, 'staff.shiqi');
  await page.goto('/desk/tidal');
  await expect(call).toContainText('超期');
  await call.getByRole('button').click();
  const shown = page.getByRole('dialog');
  await shown.locator('[name="outcome"]').fill('已回电，约定周三上午来办。');
  await shown.locator('button[type="submit"]').click();
  await expect(call).toContainText('已回电，约定周三上午来办。');
  await dialog(page, '登记后台工作', async (shown) => {
    await shown.locator('[name="on"]').fill('2026-03-03');
    await shown.getByText('归档整理', { exact: true }).click();
    await shown.locator('[name="cases"]').fill('6');
    await shown.locator('[name="minutes"]').fill('40');
  });
  await expect(page.getByText('6 件，40 分钟')).toBeVisible();
  await axe(page);
  await shot(page, 'tidal-logs');
});

for (const locale of ['zh-CN', 'en-US'] as const) {
  test(`tidal windows fit a phone, ${locale}`, async ({ open }) => {
    const page = await open({ viewport: { width: 320, height: 640 }, locale });
    await enter(page, 'staff.shiqi');
    await page.goto('/desk/tidal');
    await expect(now(page)).toBeVisible();
    await axe(page);
    await fits(page);
    await shot(page, `phone-${locale.slice(0, 2)}-tidal`);
    for (const name of [/登记来电|Write down a call/, /登记后台工作|Write down work/, /登记排队情况|Write down the queue/]) {
      await page.getByRole('button', { name }).click();
      await expect(page.getByRole('dialog').locator('button[type="submit"]')).toBeVisible();
      await fits(page);
      await axe(page);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
    }
  });
}
