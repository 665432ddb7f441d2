// Talents: a request is taken, assigned and followed, marked when nothing is heard of it, told and completed; who it is
// leaves by a logged look; answers to questions of policy are looked for and looked at again.
import type { Locator, Page } from '@playwright/test';
import { axe, enter, expect, login, shot, test } from './fixtures';
import { fits } from './steps';

/** Takes a step by its button, fills its form in and sends it. */
async function step(page: Page, action: string, fill: (dialog: Locator) => Promise<void> = async () => {}): Promise<void> {
  await page.locator(`[data-action="${action}"]`).click();
  await save(page, fill);
}

/** Fills in the dialog that opens, and sends it. */
async function save(page: Page, fill: (dialog: Locator) => Promise<void> = async () => {}): Promise<void> {
  const shown = page.getByRole('dialog');
  await expect(shown.locator('button[type="submit"]')).toBeVisible();
  await fill(shown);
  await shown.locator('button[type="submit"]').click();
  await expect(shown).toBeHidden();
  await expect(page.getByText('已保存。').first()).toBeVisible();
}

const row = (page: Page, name: string) => page.locator('[data-talent]').filter({ hasText: `${name}**` });

test('a talent’s request is followed until the talent knows the result', async ({ page, server, open }) => {
  await login(page, 'admin.shiqi');
  await page.getByRole('link', { name: '岗位工作' }).click();
  await page.getByRole('link', { name: '人才服务' }).click();
  // The demo's request of which nothing was heard for too long.
  await expect(row(page, '梁')).toContainText('超期未更新');
  await axe(page);
  await page.getByRole('button', { name: '登记诉求' }).click();
  const form = page.getByRole('dialog');
  await form.locator('button[type="submit"]').click();
  await expect(form.getByText('此项不能为空。').first()).toBeVisible();
  await axe(page);
  await shot(page, 'talents-take', false);
  await form.locator('[name="name"]').fill('关志诚');
  await form.locator('[name="phone"]').fill('13800006699');
  await form.locator('select[name="kind"]').selectOption('chief_technician');
  await form.locator('[name="enterprise"]').fill('示例机器人有限公司');
  await form.locator('select[name="field"]').selectOption('manufacturing');
  await form.getByText('来访', { exact: true }).click();
  await form.locator('select[name="matter"]').selectOption('housing');
  await form.locator('[name="description"]').fill('想申请人才公寓，三口之家。');
  await form.locator('button[type="submit"]').click();
  await expect(form).toBeHidden();
  await row(page, '关').getByRole('link').click();
  await expect(page.getByText('想申请人才公寓，三口之家。')).toBeVisible();
  await step(page, 'assign', async (shown) => {
    const steward = shown.locator('select[name="steward"]');
    await steward.selectOption({ label: '彭卫东' });
  });
  const request = new URL(page.url()).pathname;

  const steward = await open();
  await enter(steward, 'talent.shiqi');
  await steward.goto('/desk/talents');
  const mine = steward.getByRole('region', { name: '我跟进的' });
  await expect(mine.locator('[data-talent]').first()).toContainText('超期未更新');
  await row(steward, '关').getByRole('link').click();
  await step(steward, 'progress', async (shown) => {
    await shown.locator('[name="text"]').fill('已向住建部门提交申请。');
    await shown.locator('[name="nextContactOn"]').fill('2026-03-05');
  });
  await expect(steward.getByText('2026-03-09 前更新进展')).toBeVisible();

  // Five working days later nobody has noted anything, nor called on the day that was planned.
  await server.travel('2026-03-10T09:30:00+08:00');
  await enter(steward, 'talent.shiqi');
  await steward.goto('/desk/talents');
  await expect(row(steward, '关')).toContainText('超期未更新，应于 2026-03-09 前');
  await expect(row(steward, '关')).toContainText('2026-03-05 应联系');
  await shot(steward, 'talents-list');
  await steward.goto(request);
  const told = (text: string) => async (shown: Locator) => {
    await shown.locator('[name="on"]').fill('2026-03-10');
    await shown.getByText('电话', { exact: true }).click();
    await shown.locator('[name="text"]').fill(text);
  };
  await step(steward, 'tell', told('材料已受理，预计本周有结果。'));
  await expect(steward.getByText('2026-03-17 前更新进展')).toBeVisible();
  await step(steward, 'settle', (shown) => shown.locator('[name="result"]').fill('已配租人才公寓一套。'));
  await expect(steward.getByRole('heading', { name: '办理结果' })).toBeVisible();
  await expect(steward.locator('[data-action="complete"]')).toHaveCount(0);
  await step(steward, 'tell', told('告知配租结果和签约时间。'));
  await step(steward, 'complete');
  await step(steward, 'rate', async (shown) => {
    await shown.getByText('非常满意', { exact: true }).click();
    await shown.locator('[name="comment"]').fill('省心。');
  });
  await expect(steward.getByText('个人信息保留到 2026-09-06')).toBeVisible();
  await expect(steward.locator('.log-line')).toHaveCount(8);
  await axe(steward);
  await shot(steward, 'talents-request');
});

test('who a talent is leaves by a look of the steward, which the audit tells', async ({ page, open }) => {
  await enter(page, 'talent.shiqi');
  await page.goto('/desk/talents');
  await row(page, '许').getByRole('link').click();
  await expect(page.getByText('138****6633')).toBeVisible();
  await expect(page.getByText('许安然')).toHaveCount(0);
  await page.getByRole('button', { name: '查看姓名电话' }).click();
  const form = page.getByRole('dialog');
  await form.locator('[name="reason"]').fill('面谈前电话确认。');
  await form.locator('button[type="submit"]').click();
  await expect(form.getByText('许安然')).toBeVisible();
  await expect(form.getByText('13800006633')).toBeVisible();
  await axe(page);
  await form.getByRole('button', { name: '关闭', exact: true }).click();

  // The appointment that lies ahead can only be called off.
  await page.locator('[data-appointment="planned"]').getByRole('button').click();
  await save(page, (shown) => shown.getByText('已取消', { exact: true }).click());
  await expect(page.locator('[data-appointment="cancelled"]')).toHaveCount(1);

  // Supervision sees the course, and no button to see more.
  const supervisor = await open();
  await enter(supervisor, 'supervisor.shiqi');
  await supervisor.goto(page.url());
  await expect(supervisor.locator('.log-line').first()).toBeVisible();
  await expect(supervisor.getByText('新药项目落地')).toHaveCount(0);
  await expect(supervisor.getByRole('button', { name: '查看姓名电话' })).toHaveCount(0);
  await axe(supervisor);

  const admin = await open();
  await enter(admin, 'admin.shiqi');
  await admin.goto('/desk/audit');
  await admin.getByLabel('操作', { exact: true }).selectOption({ label: '查看人才姓名电话' });
  await expect(admin.locator('[data-record]')).toHaveCount(1);
  await expect(admin.locator('[data-record]')).toContainText('面谈前电话确认。');
});

test('an answer to a question of policy is found, and looked at again', async ({ page, open }) => {
  await enter(page, 'talent.shiqi');
  await page.goto('/desk/talents');
  const cards = page.locator('[data-answer]');
  await expect(cards).toHaveCount(4);
  await page.getByRole('searchbox').fill('子女');
  await page.getByRole('searchbox').press('Enter');
  await expect(cards).toHaveCount(1);
  await expect(cards).toContainText('前复核');
  await axe(page);
  await cards.locator('[data-answer-action="review"]').click();
  await expect(cards).toContainText('2026-03-02 复核');
  await expect(cards).not.toContainText('前复核');
  await page.getByRole('searchbox').fill('');
  await page.getByRole('searchbox').press('Enter');
  await expect(cards).toHaveCount(4);
  await page.getByRole('button', { name: '新增问答' }).click();
  await save(page, async (shown) => {
    await shown.locator('[name="question"]').fill('首席技师津贴怎么领？');
    await shown.locator('[name="answer"]').fill('每年六月由企业统一申报，津贴直接发给本人。');
    await shown.locator('[name="source"]').fill('示例市首席技师管理办法');
    await shown.locator('[name="sourceOn"]').fill('2025-05-01');
  });
  await expect(cards).toHaveCount(5);

  // The administrator says who is a senior clerk; the steward cannot.
  await expect(page.getByRole('button', { name: '登记高级行政办事员' })).toHaveCount(0);
  const admin = await open();
  await enter(admin, 'admin.shiqi');
  await admin.goto('/desk/talents');
  const second = admin.locator('[data-steward="李婉婷"]');
  await expect(second).toContainText('不是高级行政办事员');
  await expect(second).toContainText('本年未参加人才政策培训');
  await second.getByRole('button').click();
  await save(admin, (shown) => shown.locator('[name="since"]').fill('2025-11-20'));
  await expect(second).toContainText('高级行政办事员（2025-11-20 起）');
});

for (const locale of ['zh-CN', 'en-US'] as const) {
  test(`talent service fits a phone, ${locale}`, async ({ open }) => {
    const page = await open({ viewport: { width: 320, height: 640 }, locale });
    await enter(page, 'talent.shiqi');
    await page.goto('/desk/talents');
    await expect(page.locator('[data-talent]').first()).toBeVisible();
    await expect(page.locator('[data-answer]').first()).toBeVisible();
    await axe(page);
    await fits(page);
    await shot(page, `phone-${locale.slice(0, 2)}-talents`);
    await page.locator('[data-talent="in_progress"] a').first().click();
    await expect(page.locator('.log-line').first()).toBeVisible();
    await axe(page);
    await fits(page);
    await shot(page, `phone-${locale.slice(0, 2)}-talents-request`);
    await page.locator('[data-action="tell"]').click();
    await expect(page.getByRole('dialog').locator('button[type="submit"]')).toBeVisible();
    await axe(page);
    await fits(page);
  });
}
