// Trainings and tests: a session is planned and held, a missing name is gone; nobody volunteers before an induction.
import type { Locator, Page } from '@playwright/test';
import { axe, enter, expect, login, shot, test } from './fixtures';
import { fits } from './steps';

const TODAY = '2026-03-02';

/** The page's one dialog, opened by its button. */
async function opened(page: Page, button: string): Promise<Locator> {
  await page.getByRole('button', { name: button, exact: true }).first().click();
  const shown = page.getByRole('dialog');
  await expect(shown).toBeVisible();
  return shown;
}

async function save(page: Page, dialog: Locator): Promise<void> {
  await dialog.locator('button[type="submit"]').click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('已保存。')).toBeVisible();
}

async function plan(page: Page, title: string, topic: string): Promise<void> {
  const form = await opened(page, '安排培训或测试');
  await form.locator('[name="title"]').fill(title);
  await form.getByText('培训', { exact: true }).click();
  await form.locator('select[name="topic"]').selectOption(topic);
  await form.locator('[name="on"]').fill(TODAY);
  await form.locator('[name="start"]').fill('09:00');
  await form.locator('[name="hours"]').fill('2');
  await save(page, form);
}

/** Writes down how somebody took part. */
async function attended(page: Page, who: string, how: string): Promise<void> {
  const form = await opened(page, '登记参加情况');
  await form.getByRole('searchbox').fill(who);
  await form.getByRole('combobox', { name: new RegExp(who) }).selectOption(how);
  await expect(form.getByText('已登记 1 人')).toBeVisible();
  await axe(page);
  await shot(page, `training-attendance-${how}`, false);
  await save(page, form);
}

test('a session is planned and held, and a name that was missing is gone', async ({ page, open }) => {
  await enter(page, 'admin.shiqi');
  await page.goto('/desk/staff');
  await page.getByRole('link', { name: '培训与技能测试' }).click();
  await expect(page.locator('[data-missing="林伟强"]')).toContainText('社保业务审批岗');
  await expect(page.locator('[data-missing]')).toHaveCount(2);
  await expect(page.locator('[data-coverage]')).toContainText('18 人中 16 人');
  await expect(page.getByText('技能测试 1 次，其中不提前通知 1 次')).toBeVisible();
  await axe(page);
  await shot(page, 'training');

  const form = await opened(page, '安排培训或测试');
  await form.locator('button[type="submit"]').click();
  await expect(form.getByText('此项不能为空。').first()).toBeVisible();
  await axe(page);
  await shot(page, 'training-plan', false);
  await form.getByRole('button', { name: '关闭', exact: true }).click();
  await plan(page, '社保新政策解读', 'business');
  const row = page.locator('[data-session="社保新政策解读"]');
  await expect(row).toContainText('计划中');
  await row.getByRole('link').click();
  await expect(page.getByText('还没有登记。')).toBeVisible();
  await attended(page, '林伟强', 'attended');
  await expect(page.locator('[data-mark="林伟强"]')).toContainText('已参加');
  await axe(page);
  await shot(page, 'training-session');
  await page.getByRole('link', { name: '返回培训列表' }).click();
  await expect(page.locator('[data-coverage]')).toContainText('18 人中 17 人');
  await expect(page.locator('[data-missing="林伟强"]')).toHaveCount(0);
  await page.goto('/desk/posts');
  await page.locator('[data-post="hr2"]').getByRole('link').click();
  await expect(page.getByText('每人本年已培训')).toBeVisible();
  await expect(page.getByText('林伟强', { exact: true }).first()).toBeVisible();

  // Whoever works at a post sees the own part alone.
  const staff = await open();
  await login(staff, 'staff.shiqi');
  await staff.getByRole('link', { name: '岗位工作' }).click();
  await staff.getByRole('link', { name: '培训测试' }).click();
  await expect(staff.getByText('2026 年已培训 1 次，要求 1 次。')).toBeVisible();
  await expect(staff.getByText('合格 · 92')).toBeVisible();
  await expect(staff.getByText('行政许可法与容缺受理')).toBeVisible();
  await expect(staff.locator('[data-coverage]')).toHaveCount(0);
  await axe(staff);
  await shot(staff, 'training-own');
});

test('nobody volunteers before an induction, and whoever passed one does', async ({ page }) => {
  const assign = async (): Promise<Locator> => {
    await page.goto('/desk/posts');
    await page.locator('[data-post="vol"]').getByRole('link').click();
    const form = await opened(page, '安排上岗');
    await form.locator('select[name="staff"]').selectOption({ label: 'S013 苏文杰' });
    await form.getByText('兼岗', { exact: true }).click();
    await form.locator('[name="from"]').fill(TODAY);
    return form;
  };
  await login(page, 'admin.shiqi');
  const early = await assign();
  await early.locator('button[type="submit"]').click();
  await expect(early.getByText(`${TODAY} 及之前没有合格记录`).first()).toBeVisible();
  await axe(page);
  await shot(page, 'training-no-induction', false);
  await page.goto('/desk/training');
  await plan(page, '志愿者补训', 'volunteer_induction');
  await page.locator('[data-session="志愿者补训"]').getByRole('link').click();
  await attended(page, '苏文杰', 'passed');
  await expect(page.locator('[data-mark="苏文杰"]')).toContainText('合格');
  await save(page, await assign());
  await expect(page.getByText('每人已通过岗前培训')).toBeVisible();
  await expect(page.getByText('苏文杰').first()).toBeVisible();
});

test('a session that does not take place says why', async ({ page }) => {
  await enter(page, 'admin.shiqi');
  await page.goto('/desk/training');
  await page.locator('[data-session="行政许可法与容缺受理"]').getByRole('link').click();
  const form = await opened(page, '取消举行');
  await form.locator('[name="reason"]').fill('讲师临时出差。');
  await save(page, form);
  await expect(page.getByText('已取消：讲师临时出差。')).toBeVisible();
  await expect(page.getByRole('button', { name: '登记参加情况' })).toHaveCount(0);
});

for (const locale of ['zh-CN', 'en-US'] as const) {
  test(`trainings fit a phone, ${locale}`, async ({ open }) => {
    const page = await open({ viewport: { width: 320, height: 640 }, locale });
    const look = async (name: string): Promise<void> => {
      await axe(page);
      await fits(page);
      await shot(page, `phone-${locale.slice(0, 2)}-training-${name}`);
    };
    await enter(page, 'admin.shiqi');
    await page.goto('/desk/training');
    await expect(page.locator('[data-coverage]')).toBeVisible();
    await look('list');
    await page.locator('[data-session="一次性告知抽测"]').getByRole('link').click();
    await expect(page.locator('[data-mark]').first()).toBeVisible();
    await look('session');
    await page.locator('.person-acts button').click();
    await expect(page.getByRole('dialog').locator('[name="score"]').first()).toBeVisible();
    await look('attendance');
  });
}
