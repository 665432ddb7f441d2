// Posts: who is where; the administrator sets one up, somebody stands in, a colleague takes over; the city adds a kind.
import type { Locator, Page } from '@playwright/test';
import { axe, enter, expect, login, shot, test } from './fixtures';
import { fits } from './steps';

const card = (page: Page, code: string): Locator => page.locator(`[data-post="${code}"]`);

/** Opens a dialog by its button, fills it in and sends it. */
async function dialog(page: Page, button: string, fill: (dialog: Locator) => Promise<void>): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).first().click();
  const shown = page.getByRole('dialog');
  await expect(shown).toBeVisible();
  await fill(shown);
  await shown.locator('button[type="submit"]').click();
  await expect(shown).toBeHidden();
  await expect(page.getByText('已保存。')).toBeVisible();
}

const choose = (dialog: Locator, name: string, text: RegExp) =>
  dialog.locator(`select[name="${name}"]`).evaluate((select, source) => {
    const option = [...(select as HTMLSelectElement).options].find((option) => new RegExp(source).test(option.text));
    if (!option) throw new Error(`no option ${source}`);
    (select as HTMLSelectElement).value = option.value;
    select.dispatchEvent(new Event('change', { bubbles: true }));
  }, text.source);

test('an administrator sets up a post, and everybody sees who is there and who stands in', async ({ page, open }) => {
  await login(page, 'admin.shiqi');
  await page.getByRole('link', { name: '岗位看板' }).click();
  // The demo's people: one is at a training, and another stands in.
  await expect(card(page, 'w01')).toContainText('苏文杰 · 顶替黄晓敏');
  await expect(card(page, 'w01')).toContainText('黄晓敏 · 不在岗');
  await expect(card(page, 'vol')).toContainText('无人在岗');
  await axe(page);
  await shot(page, 'posts-board');
  await page.getByRole('searchbox').fill('潮汐');
  await expect(page.getByText('1 个岗位')).toBeVisible();
  await page.getByRole('searchbox').fill('');

  await page.getByRole('button', { name: '新增岗位' }).click();
  const form = page.getByRole('dialog');
  await expect(form.locator('[name="name"]')).toBeVisible();
  await form.locator('button[type="submit"]').click();
  await expect(form.getByText('此项不能为空。').first()).toBeVisible();
  await axe(page);
  await shot(page, 'posts-new', false);
  await form.locator('[name="name"]').fill('12号帮办代办窗口');
  await form.locator('[name="code"]').fill('w12');
  await choose(form, 'kind', /综合窗口岗/);
  await choose(form, 'extra', /综合咨询/);
  await choose(form, 'department', /市场监督管理/);
  await form.locator('[name="windowNo"]').fill('12');
  await form.locator('[name="duties"]').fill('帮办代办，陪同办理。');
  await form.locator('button[type="submit"]').click();
  await expect(card(page, 'w12')).toContainText('筹备');
  await expect(card(page, 'w12')).toContainText('市场监督管理');

  await card(page, 'w12').getByRole('link').click();
  await expect(page.getByText('综合咨询').first()).toBeVisible();
  await expect(page.locator('.desk-facts').first()).toContainText('市场监督管理');
  await page.locator('[data-step="activate"]').click();
  await expect(page.getByText('有岗位负责人')).toBeVisible();
  await dialog(page, '指定负责人', (shown) => choose(shown, 'lead', /谢雅雯/));
  await dialog(page, '安排上岗', async (shown) => {
    await choose(shown, 'staff', /关耀明/);
    await shown.getByText('专岗', { exact: true }).click();
    // The form offers the browser's day; the server's is another one here.
    await shown.locator('[name="from"]').fill('2026-03-02');
  });
  await page.getByRole('button', { name: '确认职责仍然有效' }).click();
  await expect(page.getByText('最近复核：2026-03-02')).toBeVisible();
  await expect(page.getByText('缺少')).toHaveCount(0);
  await axe(page);
  await shot(page, 'posts-post');
  // Somebody with a main post gets no other one.
  await page.getByRole('button', { name: '安排上岗', exact: true }).click();
  await choose(form, 'staff', /林伟强/);
  await form.getByText('专岗', { exact: true }).click();
  await form.locator('[name="from"]').fill('2026-03-02');
  await form.locator('button[type="submit"]').click();
  await expect(form.getByText('已有专岗').first()).toBeVisible();
  await form.getByRole('button', { name: '关闭', exact: true }).click();

  // The person is away tomorrow, and a colleague stands in.
  await page.getByRole('link', { name: '关耀明' }).first().click();
  await dialog(page, '登记请假外出', async (shown) => {
    await shown.locator('[name="from"]').fill('2026-03-03');
    await shown.locator('[name="until"]').fill('2026-03-03');
    await shown.getByText('公出', { exact: true }).click();
    await choose(shown, 'substitute', /邓子轩/);
  });
  await axe(page);
  await shot(page, 'posts-person');
  const staff = await open();
  await enter(staff, 'staff.shiqi');
  await staff.goto('/desk/posts?day=2026-03-03');
  await expect(card(staff, 'w12')).toContainText('邓子轩 · 顶替关耀明');
  await expect(staff.getByRole('button', { name: '新增岗位' })).toHaveCount(0);
  await staff.goto('/desk/roster');
  await expect(staff.getByRole('row', { name: /12号帮办代办窗口/ })).toContainText('邓子轩 顶岗');
  await axe(staff);
  await shot(staff, 'posts-roster');
});

test('a colleague takes over what was handed on', async ({ page }) => {
  await login(page, 'staff.shiqi');
  await page.getByRole('link', { name: '我的岗位' }).click();
  await expect(page.getByText('108室钥匙一把')).toBeVisible();
  await axe(page);
  await shot(page, 'posts-mine');
  await page.getByRole('button', { name: '接收' }).click();
  await expect(page.getByText('没有待接收的交接。')).toBeVisible();
});

test('what only some may know of somebody is shown for a reason', async ({ page }) => {
  await enter(page, 'admin.shiqi');
  await page.goto('/desk/staff');
  await page.getByRole('searchbox').fill('S014');
  await page.getByRole('link', { name: '彭卫东' }).click();
  await expect(page.getByText('1980-10-01')).toHaveCount(0);
  await page.getByRole('button', { name: '查看受限信息' }).click();
  const shown = page.getByRole('dialog');
  await shown.locator('button[type="submit"]').click();
  await expect(shown.getByText('此项不能为空。').first()).toBeVisible();
  await shown.locator('[name="reason"]').fill('核对党员先锋岗创建条件。');
  await shown.locator('button[type="submit"]').click();
  await expect(shown.getByText('1980-10-01')).toBeVisible();
  await axe(page);
  await shot(page, 'posts-reveal', false);
});

test('the city adds a kind of post, which a center then offers', async ({ page, open }) => {
  await enter(page, 'city.zhongshan');
  await page.goto('/desk/kinds');
  await dialog(page, '新增类别', async (shown) => {
    await shown.locator('[name="titleZh"]').fill('夜间值守岗');
    await shown.locator('[name="titleEn"]').fill('Night desk');
    await shown.locator('[name="code"]').fill('night-desk');
    await shown.locator('[name="summaryZh"]').fill('夜间受理急件。');
    await shown.locator('[name="summaryEn"]').fill('Takes urgent matters at night.');
  });
  await expect(page.locator('[data-kind="night-desk"]')).toContainText('市级增设');
  await axe(page);
  await shot(page, 'posts-kinds');
  const admin = await open();
  await enter(admin, 'admin.shiqi');
  await admin.goto('/desk/posts');
  await admin.getByRole('button', { name: '新增岗位' }).click();
  await expect(admin.getByRole('dialog').locator('select[name="kind"]')).toContainText('夜间值守岗');
});

for (const locale of ['zh-CN', 'en-US'] as const) {
  test(`posts fit a phone, ${locale}`, async ({ open }) => {
    const page = await open({ viewport: { width: 320, height: 640 }, locale });
    await login(page, 'admin.shiqi');
    for (const path of ['posts', 'staff', 'roster', 'mine']) {
      await page.goto(`/desk/${path}`);
      await expect(page.locator('.board, .roster, .banner, .sheet').first()).toBeVisible();
      await axe(page);
      await fits(page);
      await shot(page, `phone-${locale.slice(0, 2)}-posts-${path}`);
    }
    await page.goto('/desk/posts');
    await card(page, 'w01').getByRole('link').click();
    await expect(page.locator('.case-columns')).toBeVisible();
    await axe(page);
    await fits(page);
    await shot(page, `phone-${locale.slice(0, 2)}-posts-post`);
    await page.goto('/desk/staff');
    await page.locator('[data-staff="S002"]').getByRole('link').click();
    await expect(page.locator('.case-columns')).toBeVisible();
    await axe(page);
    await fits(page);
    await shot(page, `phone-${locale.slice(0, 2)}-posts-person`);
  });
}
