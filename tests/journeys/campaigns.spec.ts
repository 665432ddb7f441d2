// A round of deputies: planned, drawn, opened; a congress deputy is invited, rates three posts on a phone, reads the reply
// to a problem and accepts it. And what the organiser of another day sees: the published round and its summary sheet.
import type { Locator, Page } from '@playwright/test';
import { axe, enter, expect, shot, test } from './fixtures';
import { fits } from './steps';

const CHOSEN = 'paper lantern on the old pier';
const PHONE = { viewport: { width: 320, height: 640 } };
const ROUND = '代表看窗口（三月）';
const PROBLEM = '取号机旁没有老花镜，老人看不清事项名称。';
const REPLY = '已列入整改：本周内在取号机旁配放老花镜。';

/** Opens the page's dialog by a button, fills it in and sends it. */
async function act(page: Page, button: Locator, fill: (dialog: Locator) => Promise<void> = async () => {}): Promise<void> {
  await button.click();
  const shown = page.getByRole('dialog');
  await expect(shown.locator('button[type="submit"]')).toBeVisible();
  await fill(shown);
  await shown.locator('button[type="submit"]').click();
}

/** Chooses from a list by what it shows, once that has come. */
async function choose(part: Locator, name: string, text: RegExp): Promise<void> {
  const select = part.locator(`select[name="${name}"]`);
  const option = select.locator('option').filter({ hasText: text }).first();
  await expect(option).toHaveCount(1);
  await select.selectOption((await option.getAttribute('value'))!);
}

/** Plans a round about three posts and draws one rater of each group. */
async function planned(page: Page): Promise<void> {
  await page.goto('/desk/campaigns');
  await act(page, page.getByRole('button', { name: '筹备评价活动' }), async (dialog) => {
    await dialog.locator('button[type="submit"]').click();
    await expect(dialog.getByRole('alert')).toContainText('评价类别');
    await choose(dialog, 'kind', /两代表一委员评价/);
    await choose(dialog, 'form', /第1版/);
    await dialog.locator('[name="name"]').fill(ROUND);
    await dialog.locator('[name="startsOn"]').fill('2026-03-02');
    await dialog.locator('[name="endsOn"]').fill('2026-03-13');
    await dialog.locator('[name="briefing"]').fill('请到大厅走访，逐项对照评价表，扣分请附照片。');
    await axe(page, 'dialog');
    await shot(page, 'desk-plan-round');
  });
  await expect(page.getByRole('heading', { level: 1, name: ROUND })).toBeVisible();
  await act(page, page.getByRole('button', { name: '选定评价对象' }), async (dialog) => {
    const posts = dialog.getByRole('group', { name: '岗位', exact: true }).getByRole('checkbox');
    for (const n of [0, 1, 2]) await posts.nth(n).check();
  });
  await expect(page.getByText('已保存。').first()).toBeVisible();
  await act(page, page.getByRole('button', { name: '抽取评价人' }), async (dialog) => {
    await dialog.locator('[name="perGroup"]').fill('1');
  });
  await expect(page.getByRole('dialog')).toContainText('抽到3人');
  await axe(page, 'dialog');
  await shot(page, 'desk-round-draw');
  await page.getByRole('dialog').getByRole('button', { name: '关闭' }).click();
  await expect(page.locator('[data-rater="drawn"]')).toHaveCount(3);
}

/** Invites the congress deputy; the link and the name. */
async function invited(page: Page): Promise<{ link: string; name: string }> {
  const row = page.locator('[data-rater]').filter({ hasText: '人大代表' });
  const name = await row.locator('.font-semibold').first().innerText();
  await act(page, row.getByRole('button', { name: /^邀请/ }), async (dialog) => {
    await dialog.locator('[name="login"]').fill('deputy.march');
  });
  const link = await page.getByRole('dialog').locator('.address').innerText();
  expect(link).toMatch(/\/evaluate#[0-9a-f]{64}$/);
  await page.getByRole('dialog').getByRole('button', { name: '关闭' }).click();
  await expect(page.locator('[data-rater="invited"]')).toHaveCount(1);
  await act(page, page.locator('[data-action="open"]'));
  await expect(page.locator('[data-action="close"]')).toBeVisible();
  return { link, name };
}

/** Opens the first post that was not begun. */
async function next(phone: Page): Promise<void> {
  await phone.locator('[data-task="none"] a').first().click();
  await expect(phone.getByRole('button', { name: '提交', exact: true })).toBeVisible();
}

async function handIn(phone: Page, done: number): Promise<void> {
  await phone.getByRole('button', { name: '提交', exact: true }).click();
  await expect(phone.getByText('评价已提交。').first()).toBeVisible();
  await expect(phone.locator('[data-task="handed_in"]')).toHaveCount(done);
}

test('a congress deputy is invited, rates three posts on a phone, reads a reply and accepts it', async ({ page, open }) => {
  test.slow();
  await enter(page, 'admin.shiqi');
  await planned(page);
  await axe(page);
  await shot(page, 'desk-round');
  const { link, name } = await invited(page);

  const phone = await open(PHONE);
  await phone.goto(link);
  await phone.locator('[name="password"]').fill(CHOSEN);
  await phone.locator('[name="again"]').fill(CHOSEN);
  await phone.locator('button[type="submit"]').click();
  await expect(phone.getByRole('heading', { level: 1, name: `${name}，您好` })).toBeVisible();
  await phone.getByRole('link', { name: '查看邀请并答复' }).click();
  await expect(phone.getByRole('heading', { level: 1, name: ROUND })).toBeVisible();
  await expect(phone.locator('main')).toContainText('请到大厅走访');
  await axe(phone);
  await fits(phone);
  await shot(phone, 'phone-zh-round-invitation');
  await phone.getByRole('button', { name: '我已阅读，参加评价' }).click();
  await expect(phone.locator('[data-task="none"]')).toHaveCount(3);

  // The first one in two goes: half of it is kept, and found again.
  await next(phone);
  const greeting = phone.locator('[data-item="greeting"]');
  await phone.locator('details.sheet').first().locator('summary').click();
  await greeting.getByRole('checkbox').check();
  await greeting.locator('[name="content.greeting.on"]').fill('2026-03-02');
  await phone.getByRole('button', { name: '保存', exact: true }).click();
  await expect(phone.getByText('已保存，可以下次接着填。')).toBeVisible();
  await phone.getByRole('link', { name: '返回评价清单' }).click();
  await phone.locator('[data-task="draft"] a').click();
  await expect(greeting.getByRole('checkbox')).toBeChecked();
  await expect(greeting.locator('[name="content.greeting.on"]')).toHaveValue('2026-03-02');
  await phone.getByRole('button', { name: '提交', exact: true }).click();
  const wrong = phone.getByRole('alert').first();
  await expect(wrong).toContainText('地点');
  await expect(wrong).toContainText('佐证');
  await axe(phone);
  await fits(phone);
  await shot(phone, 'phone-zh-form-d');
  await greeting.locator('[name="content.greeting.place"]').fill('1号窗口');
  const photo = await page.screenshot({ type: 'jpeg' });
  const file = { name: '现场.jpg', mimeType: 'image/jpeg', buffer: photo };
  await greeting.locator('[name="content.greeting.files"]').setInputFiles(file);
  await expect(greeting.locator('.upload-picture')).toBeVisible();
  await handIn(phone, 1);

  await next(phone);
  await phone.getByRole('button', { name: '提一个问题' }).click();
  await phone.getByLabel('问题', { exact: true }).fill(PROBLEM);
  await handIn(phone, 2);
  await next(phone);
  await handIn(phone, 3);
  await expect(phone.locator('[data-remark="open"]')).toContainText(PROBLEM);

  // The organiser works the problem through: it becomes a task.
  await page.reload();
  await expect(page.locator('#round-forms')).toContainText('3份');
  const remark = page.locator('[data-remark]').filter({ hasText: PROBLEM });
  await act(page, remark.getByRole('button', { name: '办理' }), async (dialog) => {
    await choose(dialog, 'category', /工作区域/);
    await dialog.getByLabel('列入整改').check();
    await dialog.locator('select[name="cause"]').selectOption({ index: 1 });
    await dialog.locator('[name="reply"]').fill(REPLY);
    await axe(page, 'dialog');
    await shot(page, 'desk-round-remark');
  });
  await expect(remark).toHaveAttribute('data-remark', 'task');
  await expect(remark.getByRole('link', { name: '查看整改任务' })).toBeVisible();

  await phone.reload();
  const said = phone.locator('[data-remark]').filter({ hasText: PROBLEM });
  await expect(said).toContainText(REPLY);
  await act(phone, said.getByRole('button', { name: '对这条答复的意见' }), async (dialog) => {
    await dialog.getByLabel('已回应').check();
    await axe(phone, 'dialog');
    await fits(phone);
    await shot(phone, 'phone-zh-reply');
  });
  await expect(said).toContainText('已回应');
  await axe(phone);
  await fits(phone);
  await shot(phone, 'phone-zh-round');
  await page.reload();
  await expect(remark).toContainText('已回应');
});

test('a published round is read by the rated, and printed as a summary sheet', async ({ page }) => {
  await enter(page, 'admin.shiqi');
  await page.goto('/desk/campaigns');
  await axe(page);
  await shot(page, 'desk-rounds');
  await page.locator('[data-campaign="published"] a').click();
  await expect(page.locator('[data-step="published"]')).toBeVisible();
  await expect(page.locator('[data-mean]').first()).not.toHaveAttribute('data-mean', '');
  await axe(page);
  await shot(page, 'desk-round-published');
  await page.getByRole('link', { name: '汇总表' }).click();
  await expect(page.locator('.print-document')).toContainText('代表委员评价政务大厅');
  await expect(page.locator('.print-document')).toContainText('建议周六全天开放所有窗口');
  await axe(page);
  await shot(page, 'desk-round-sheet');
  await page.goto('/desk/campaigns/results');
  await expect(page.getByRole('heading', { level: 2, name: '代表委员评价政务大厅' })).toBeVisible();
  await axe(page);
});

test.describe('in English, on a phone', () => {
  test.use({ locale: 'en-US' });

  test('the roster shows terms and interests', async ({ page }) => {
    await page.setViewportSize(PHONE.viewport);
    await enter(page, 'admin.shiqi');
    await page.goto('/desk/representatives');
    await expect(page.locator('[data-representative="阮美玲"]')).toContainText('配偶在2号综合受理窗口工作');
    await axe(page);
    await fits(page);
    await shot(page, 'phone-en-roster');
    await act(page, page.getByRole('button', { name: 'Add somebody' }), async (dialog) => {
      await choose(dialog, 'group', /CPPCC/);
      await dialog.locator('[name="name"]').fill('Ho Mei');
      await dialog.locator('[name="unit"]').fill('Chamber of commerce');
      await dialog.locator('[name="from"]').fill('2022-01-01');
      await dialog.locator('[name="until"]').fill('2027-12-31');
      await axe(page, 'dialog');
    });
    await expect(page.locator('[data-representative="Ho Mei"]')).toBeVisible();
    await fits(page);
  });
});
