// Standards management: the plan is adopted, a standard goes step by step, what an audit found is closed by another.
import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { axe, enter, expect, login, shot, test } from './fixtures';
import { fits } from './steps';
import { unzip } from './workbook';

const choose = (dialog: Locator, name: string, text: RegExp) =>
  dialog.locator(`select[name="${name}"]`).evaluate((select, source) => {
    const option = [...(select as HTMLSelectElement).options].find((option) => new RegExp(source).test(option.text));
    if (!option) throw new Error(`no option ${source}`);
    (select as HTMLSelectElement).value = option.value;
    select.dispatchEvent(new Event('change', { bubbles: true }));
  }, text.source);

const check = (page: Page, which: string): Locator => page.locator(`[data-check="${which}"]`);
const row = (page: Page, number: string): Locator => page.locator(`[data-standard="${number}"]`);

/** Opens the page's dialog by a button, fills it in and sends it. */
async function act(page: Page, button: Locator, fill: (dialog: Locator) => Promise<void> = async () => {}): Promise<void> {
  await button.click();
  const shown = page.getByRole('dialog');
  await expect(shown.locator('button[type="submit"]')).toBeVisible();
  await fill(shown);
  await shown.locator('button[type="submit"]').click();
  await expect(shown).toBeHidden();
  await expect(page.getByText('已保存。')).toBeVisible();
}

const step = (page: Page, action: string, fill?: (dialog: Locator) => Promise<void>): Promise<void> =>
  act(page, page.locator(`[data-action="${action}"]`), fill);

test('the standards officer adopts the plan of the year and moves its tasks on', async ({ page, open }) => {
  await login(page, 'standard.shiqi');
  await page.getByRole('link', { name: '岗位工作' }).click();
  await page.getByRole('link', { name: '标准化管理', exact: true }).click();
  await expect(check(page, 'plan_adopted')).toHaveAttribute('data-standing', 'due');
  await expect(check(page, 'plan_adopted')).toContainText('2026-04-01');
  await expect(check(page, 'officers_trained')).toHaveAttribute('data-standing', 'fine');
  await expect(page.locator('[data-officer="萧静文"]')).toContainText('2026-02-02 已参加标准化培训');
  await expect(page.locator('[data-percent="25"]')).toBeVisible();
  await axe(page);
  await shot(page, 'standards');
  await act(page, page.getByRole('button', { name: '添加任务' }), async (shown) => {
    await shown.locator('button[type="submit"]').click();
    await expect(shown.getByText('此项不能为空。').first()).toBeVisible();
    await axe(page);
    await shot(page, 'standards-task', false);
    await shown.locator('[name="title"]').fill('年底标准实施评价');
    await choose(shown, 'owner', /萧静文/);
    await shown.locator('[name="dueOn"]').fill('2026-12-10');
  });
  await act(page, page.getByRole('button', { name: '通过计划' }), async (shown) => {
    await expect(shown.getByText('通过后，任务的内容')).toBeVisible();
    await axe(page);
  });
  await expect(check(page, 'plan_adopted')).toHaveAttribute('data-standing', 'fine');
  await expect(page.locator('[data-adopted="true"]')).toContainText('萧静文 于 2026-03-02 通过');
  await expect(page.getByRole('button', { name: '修改任务' })).toHaveCount(0);
  const late = page.locator('[data-task="更新各岗位职责文件"]');
  await expect(late).toContainText('超期');
  await act(page, late.getByRole('button'), (shown) => shown.getByText('已完成', { exact: true }).click());
  await expect(page.locator('[data-percent="40"]')).toBeVisible();
  await act(page, page.locator('[data-task="年中标准体系自查"]').getByRole('button'), async (shown) => {
    await shown.getByText('不再进行', { exact: true }).click();
    await shown.locator('[name="reason"]').fill('与年底评价合并。');
  });
  await expect(page.locator('[data-task="年中标准体系自查"]')).toContainText('原因：与年底评价合并。');
  await page.locator('select[name="year"]').selectOption('2027');
  await expect(page.getByText('这一年还没有任务。')).toBeVisible();

  // Others look on.
  const staff = await open();
  await enter(staff, 'staff.shiqi');
  await staff.goto('/desk/standards');
  await expect(check(staff, 'plan_adopted')).toHaveAttribute('data-standing', 'fine');
  await expect(staff.getByRole('button', { name: '登记标准' })).toHaveCount(0);
  await expect(staff.getByRole('button', { name: '更新进度' })).toHaveCount(0);
  await axe(staff);
});

test('a standard goes from its draft into force, is reviewed, and another takes its place', async ({ page }) => {
  await enter(page, 'standard.shiqi');
  await page.goto('/desk/standards');
  await act(page, page.getByRole('button', { name: '登记标准' }), async (shown) => {
    await shown.locator('[name="number"]').fill('GB/T 36113—2018');
    await shown.locator('[name="title"]').fill('12345 转办件办理要求');
    await choose(shown, 'level', /内部标准/);
    await shown.locator('[name="edition"]').fill('第1版');
    await choose(shown, 'owner', /曾慧玲/);
    await shown.locator('button[type="submit"]').click();
    await expect(shown.getByText('本中心已登记这个编号的标准').first()).toBeVisible();
    await axe(page);
    await shot(page, 'standards-register', false);
    await shown.locator('[name="number"]').fill('Q/SQZW 004—2026');
  });
  await page.getByRole('searchbox').fill('转办件');
  await expect(page.getByText('1 项标准')).toBeVisible();
  await row(page, 'Q/SQZW 004—2026').getByRole('link').click();
  await step(page, 'consult', (shown) => shown.locator('[name="note"]').fill('征求各窗口组长意见，采纳两条。'));
  await step(page, 'issue');
  await step(page, 'enforce', (shown) => shown.locator('[name="on"]').fill('2026-03-02'));
  await expect(page.locator('[data-status="in_force"]')).toBeVisible();
  await expect(page.getByText('2029-03-02')).toBeVisible();
  await expect(page.locator('[data-action="withdraw"]')).toHaveCount(0);
  await step(page, 'review');
  await step(page, 'confirm', (shown) => shown.locator('[name="note"]').fill('与市级流程一致，仍然适用。'));
  await expect(page.locator('.log-line')).toHaveCount(6);
  await expect(page.getByText('征求各窗口组长意见，采纳两条。')).toBeVisible();
  await axe(page);
  await shot(page, 'standards-standard');

  // The one whose review was late is confirmed, and the check turns good.
  await page.getByRole('link', { name: '返回标准化管理' }).click();
  await expect(check(page, 'reviews_done')).toHaveAttribute('data-standing', 'breach');
  await expect(check(page, 'reviews_done')).toContainText('2026-02-11');
  await row(page, 'GB/T 36113—2018').getByRole('link').click();
  await step(page, 'review');
  await step(page, 'confirm', (shown) => shown.locator('[name="note"]').fill('国家标准未修订，本中心流程相符。'));
  await page.getByRole('link', { name: '返回标准化管理' }).click();
  await expect(check(page, 'reviews_done')).toHaveAttribute('data-standing', 'fine');

  // Another takes the place of the one under review.
  await page.locator('select[name="status"]').selectOption('under_review');
  await expect(page.getByText('1 项标准')).toBeVisible();
  await row(page, 'GB/T 32168—2015').getByRole('link').click();
  await step(page, 'revise', (shown) => choose(shown, 'successor', /GB\/T 39735—2020/));
  await expect(page.locator('[data-status="revised"]')).toBeVisible();
  await expect(page.locator('[data-action]')).toHaveCount(0);
  await page.getByRole('link', { name: /GB\/T 39735—2020/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: '服务评价' })).toBeVisible();
  await expect(page.getByRole('link', { name: /GB\/T 32168—2015/ })).toBeVisible();

  // The register leaves as the page narrows it.
  await page.getByRole('link', { name: '返回标准化管理' }).click();
  await page.locator('select[name="status"]').selectOption('revised');
  await page.getByRole('searchbox').fill('网上');
  const leaves = page.getByRole('region', { name: '标准台账' }).getByRole('button', { name: '导出 Excel' });
  const [download] = await Promise.all([page.waitForEvent('download'), leaves.click()]);
  const texts = unzip(readFileSync(await download.path())).get('xl/sharedStrings.xml');
  expect(texts).toContain('标准编号');
  expect(texts).toContain('GB/T 32168—2015');
  expect(texts).not.toContain('Q/SQZW 002—2022');
});

test('what a self-audit found is closed by somebody else than whoever put it right', async ({ page, open }) => {
  await enter(page, 'standard.shiqi');
  await page.goto('/desk/standards');
  await expect(check(page, 'findings_closed')).toHaveAttribute('data-standing', 'breach');
  const found = page.locator('[data-finding="nonconform"]');
  await expect(found).toContainText('整改超期');
  const form = page.getByRole('dialog');
  await found.getByRole('button', { name: '核实销号' }).click();
  await form.locator('[name="evidence"]').fill('已换发新版用语卡。');
  await form.locator('button[type="submit"]').click();
  await expect(form.getByText('整改责任人不能为自己的整改销号').first()).toBeVisible();
  await axe(page);
  await shot(page, 'standards-own-measure', false);
  await form.getByRole('button', { name: '关闭', exact: true }).click();

  // A new audit: nobody looks at the standard they answer for.
  await act(page, page.getByRole('button', { name: '登记自查' }), async (shown) => {
    // The server's day: the browser's is another one here.
    await expect(shown.locator('[name="on"]')).toHaveValue('2026-03-02');
    await shown.locator('[name="scope"]').fill('一次性告知工作要求的执行。');
    await choose(shown, 'auditor', /陈丽华/);
  });
  const audit = page.locator('[data-audit="2026-03-02"]');
  await act(page, audit.getByRole('button', { name: '添加发现' }), async (shown) => {
    await choose(shown, 'standard', /Q\/SQZW 001—2024/);
    await shown.getByText('不符合', { exact: true }).click();
    await shown.locator('[name="description"]').fill('两份告知单缺少经办人签名。');
    await shown.locator('[name="measure"]').fill('补签并在班前会提醒。');
    await choose(shown, 'owner', /何建国/);
    await shown.locator('[name="dueOn"]').fill('2026-03-13');
    await shown.locator('button[type="submit"]').click();
    await expect(shown.getByText('自查人不能检查自己负责的标准。').first()).toBeVisible();
    await axe(page);
    await choose(shown, 'standard', /DB4420/);
  });
  await expect(audit.locator('[data-open="true"]')).toContainText('2026-03-13 前整改');

  const admin = await open();
  await enter(admin, 'admin.shiqi');
  await admin.goto('/desk/standards');
  await act(admin, admin.locator('[data-finding="nonconform"]', { hasText: '整改超期' }).getByRole('button'), (shown) =>
    shown.locator('[name="evidence"]').fill('现场查看，6号窗口已换新版。'),
  );
  await expect(check(admin, 'findings_closed')).toHaveAttribute('data-standing', 'fine');
  await expect(admin.getByText('现场查看，6号窗口已换新版。')).toBeVisible();
  await axe(admin);
});

test('an officer is appointed and their term ends', async ({ page }) => {
  await enter(page, 'admin.shiqi');
  await page.goto('/desk/standards');
  await act(page, page.getByRole('button', { name: '任命', exact: true }), async (shown) => {
    await choose(shown, 'staff', /谢雅雯/);
    await shown.getByText('兼职', { exact: true }).click();
    await shown.locator('[name="duties"]').fill('协助维护标准台账。');
    await expect(shown.locator('[name="from"]')).toHaveValue('2026-03-02');
  });
  const officer = page.locator('[data-officer="谢雅雯"]');
  await expect(officer).toContainText('本年还没有参加标准化培训');
  await expect(check(page, 'officers_trained')).toHaveAttribute('data-standing', 'due');
  await act(page, officer.getByRole('button'), (shown) => expect(shown.locator('[name="until"]')).toHaveValue('2026-03-02'));
  await expect(officer).toContainText('至 2026-03-02');
  await axe(page);
});

for (const locale of ['zh-CN', 'en-US'] as const) {
  test(`standards fit a phone, ${locale}`, async ({ open }) => {
    const page = await open({ viewport: { width: 320, height: 640 }, locale });
    const look = async (name: string): Promise<void> => {
      await axe(page);
      await fits(page);
      await shot(page, `phone-${locale.slice(0, 2)}-standards-${name}`);
    };
    await enter(page, 'standard.shiqi');
    await page.goto('/desk/standards');
    await expect(check(page, 'plan_adopted')).toBeVisible();
    await look('all');
    await page.locator('[data-task="更新各岗位职责文件"]').getByRole('button').first().click();
    await expect(page.getByRole('dialog').locator('button[type="submit"]')).toBeVisible();
    await look('move');
    await page.keyboard.press('Escape');
    await row(page, 'GB/T 32168—2015').getByRole('link').click();
    await expect(page.locator('.log-line').first()).toBeVisible();
    await look('standard');
    await page.locator('[data-action="revise"]').click();
    await expect(page.getByRole('dialog').locator('select[name="successor"]')).toBeVisible();
    await look('revise');
  });
}
