// Putting right what was found: a finding becomes a task that comes back once before somebody else accepts it and checks it
// again; a complaint found right or a self-audit leads to one; the same cause opens the earlier one; a plan is measured by who
// did none of it. Its owner is told.
import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { axe, enter, expect, login, shot, test } from './fixtures';
import { answer, file, fits, openCase, told } from './steps';
import { unzip } from './workbook';

const PROBLEM = '叫号屏故障未及时报修';
const FOUND = '二楼叫号屏黑屏两天，窗口没有报修，群众听不到叫号。';

/** Chooses from a list by what it shows, once that has come. */
async function choose(part: Locator, name: string, text: RegExp): Promise<void> {
  const select = part.locator(`select[name="${name}"]`);
  await expect(select.locator('option').filter({ hasText: text })).toHaveCount(1);
  await select.evaluate((element, source) => {
    const select = element as HTMLSelectElement;
    const option = [...select.options].find((option) => new RegExp(source).test(option.text));
    select.value = option!.value;
    select.dispatchEvent(new Event('change', { bubbles: true }));
  }, text.source);
}

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
  act(page, page.locator(`button[data-action="${action}"]`), fill);

const stands = (page: Page, status: string): Promise<void> =>
  expect(page.locator(`section[data-status="${status}"]`)).toBeVisible();

const queue = (page: Page, key: string): Locator => page.locator(`[data-queue="${key}"]`);
const task = (page: Page, problem: string): Locator => page.locator('[data-task]').filter({ hasText: problem });

/** Writes down what was found at the second window, on the server's day: the browser's is another one. */
async function found(page: Page, area: RegExp, text: string): Promise<void> {
  await act(page, page.getByRole('button', { name: '登记发现的问题' }), async (shown) => {
    await shown.locator('[name="on"]').fill('2026-03-02');
    await choose(shown, 'supervision', /内部监督/);
    await choose(shown, 'area', area);
    await choose(shown, 'post', /2号综合受理窗口/);
    await shown.locator('[name="description"]').fill(text);
  });
}

test('a finding is put right, comes back once, is accepted and rechecked by somebody else', async ({ page, open, server }) => {
  await login(page, 'supervisor.shiqi');
  await page.getByRole('link', { name: '岗位工作' }).click();
  await page.getByRole('link', { name: '整改与改进', exact: true }).click();
  // The demo's: one late, one that waits to be accepted, one that has lasted, and three of the deputies' round.
  await expect(queue(page, 'open')).toContainText('6');
  await expect(queue(page, 'overdue')).toContainText('1');
  await expect(queue(page, 'to_judge')).toContainText('1');
  await expect(queue(page, 'findings')).toContainText('1');
  await expect(task(page, '午间窗口开放不足')).toContainText('已超期');
  await axe(page);
  await shot(page, 'improvement-list');
  await page.locator('select[name="status"]').selectOption('submitted');
  await expect(page).toHaveURL(/status=submitted/);
  await expect(page.locator('[data-task]')).toHaveCount(1);
  // The address says all of it; the list leaves as it narrows it.
  await page.reload();
  await expect(task(page, '窗口工作秩序松散')).toBeVisible();
  await expect(page.locator('[data-task]')).toHaveCount(1);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出 Excel' }).click()]);
  const texts = unzip(readFileSync(await download.path())).get('xl/sharedStrings.xml');
  expect(texts).toContain('窗口工作秩序松散');
  expect(texts).not.toContain('午间窗口开放不足');

  await page.getByRole('link', { name: '监督发现', exact: true }).first().click();
  await expect(page.locator('[data-finding="open"]')).toHaveCount(1);
  await expect(page.locator('[data-finding="dismissed"]')).toContainText('消防检修');
  const photo = await page.screenshot({ type: 'jpeg' });
  await act(page, page.getByRole('button', { name: '登记发现的问题' }), async (shown) => {
    await shown.locator('button[type="submit"]').click();
    await expect(shown.getByText('此项不能为空。').first()).toBeVisible();
    await axe(page);
    await shown.locator('[name="on"]').fill('2026-03-02');
    await choose(shown, 'supervision', /内部监督/);
    await choose(shown, 'area', /工作区域及设备管理/);
    await choose(shown, 'post', /2号综合受理窗口/);
    await shown.locator('[name="description"]').fill(FOUND);
    await shown.locator('[name="files"]').setInputFiles({ name: '黑屏.jpg', mimeType: 'image/jpeg', buffer: photo });
    await expect(shown.locator('.uploads img')).toBeVisible();
    await shot(page, 'improvement-finding', false);
  });
  const finding = page.locator('[data-finding]').filter({ hasText: FOUND });
  await expect(finding).toHaveAttribute('data-finding', 'open');
  await expect(finding).toContainText('黑屏.jpg');
  await act(page, finding.getByRole('button', { name: '转为整改' }), async (shown) => {
    await shown.locator('[name="problem"]').fill(PROBLEM);
    await choose(shown, 'cause', /系统设备/);
    await choose(shown, 'owner', /梁惠珍/);
    await shown.locator('[name="days"]').fill('0');
    await shown.locator('button[type="submit"]').click();
    await expect(shown.getByText('期限应为1至', { exact: false }).first()).toBeVisible();
    await axe(page);
    await shown.locator('[name="days"]').fill('5');
  });
  await expect(finding).toHaveAttribute('data-finding', 'tasked');
  await axe(page);
  await finding.getByRole('link', { name: '整改任务' }).click();
  await expect(page.getByRole('heading', { level: 1, name: PROBLEM })).toBeVisible();
  await expect(page.getByText('期限 2026-03-09')).toBeVisible();
  await expect(page.locator('[data-origin="finding"]')).toContainText(FOUND);
  const path = new URL(page.url()).pathname;

  // The owner finds it on their desk, and does what is an owner's to do.
  const owner = await open();
  await enter(owner, 'staff.shiqi');
  await owner.goto('/desk/mine');
  await expect(task(owner, PROBLEM)).toContainText('期限 2026-03-09');
  await axe(owner);
  await shot(owner, 'improvement-mine');
  const given = await told(owner, 'task_given', PROBLEM);
  await expect(given).toContainText('整改任务交给您办理');
  await axe(owner);
  await given.getByRole('link').click();
  await stands(owner, 'open');
  await expect(owner.locator('button[data-action="assign"]')).toHaveCount(0);
  await step(owner, 'plan', async (shown) => {
    await shown.locator('button[type="submit"]').click();
    await expect(shown.getByText('此项不能为空。').first()).toBeVisible();
    await axe(owner);
    await shown.locator('[name="rootCause"]').fill('报修电话没有张贴，无人负责每日检查。');
    await shown.locator('[name="measures"]').fill('张贴报修电话，值班长开门前检查设备。');
  });
  await stands(owner, 'plan_submitted');

  await page.reload();
  await step(page, 'agree');
  await stands(page, 'in_progress');
  await owner.reload();
  await step(owner, 'submit', async (shown) => {
    await shown.locator('[name="text"]').fill('叫号屏已修好。');
    await shown.locator('[name="files"]').setInputFiles({ name: '已修好.jpg', mimeType: 'image/jpeg', buffer: photo });
    await expect(shown.locator('.uploads img')).toBeVisible();
  });
  await stands(owner, 'submitted');
  await expect(owner.locator('button[data-action="accept"]')).toHaveCount(0);
  await expect(owner.locator('button[data-action="send_back"]')).toHaveCount(0);
  await expect(owner.locator('[data-log="submit"]')).toContainText('已修好.jpg');
  await axe(owner);

  await page.reload();
  await step(page, 'send_back', async (shown) => {
    await shown.locator('button[type="submit"]').click();
    await expect(shown.getByText('此项不能为空。').first()).toBeVisible();
    await axe(page);
    await shown.locator('[name="reason"]').fill('每日检查没有记录，请补充。');
    await shot(page, 'improvement-send-back', false);
  });
  await stands(page, 'returned');
  await (await told(owner, 'task_returned', PROBLEM)).getByRole('link').click();
  await expect(owner.locator('[data-log="send_back"]')).toContainText('每日检查没有记录');
  await step(owner, 'submit', (shown) => shown.locator('[name="text"]').fill('已设检查登记表，连续登记。'));
  await page.reload();
  await step(page, 'accept', (shown) => shown.locator('[name="note"]').fill('登记表已查看。'));
  await stands(page, 'accepted');
  await expect(page.getByText('2026-04-01 起可复查')).toBeVisible();
  // Not before its day.
  await expect(page.locator('button[data-action="recheck"]')).toHaveCount(0);
  await axe(page);
  await shot(page, 'improvement-task');

  await server.travel('2026-04-02T09:30:00+08:00');
  const later = await open();
  await enter(later, 'admin.shiqi');
  await later.goto('/desk/rectification?queue=to_recheck');
  await task(later, PROBLEM).getByRole('link').click();
  await step(later, 'recheck', (shown) => shown.locator('[name="text"]').fill('抽查三天，登记完整，设备正常。'));
  await stands(later, 'rechecked');
  await step(later, 'close');
  await stands(later, 'closed');
  await expect(later.locator('button[data-action]')).toHaveCount(0);
  await expect(later.locator('[data-log]')).toHaveCount(9);
  expect(new URL(later.url()).pathname).toBe(path);
  await axe(later);
});

test('a complaint found right leads to a task with the case linked, once', async ({ page, open }) => {
  const { number } = await file(page);
  const handler = await open();
  await enter(handler, 'handler.shiqi');
  await openCase(handler, number);
  await expect(handler.locator('[data-rectify]')).toHaveCount(0);
  await answer(handler, number);
  await handler.locator('[data-rectify]').click();
  await expect(handler.getByRole('heading', { level: 1, name: '投诉转整改' })).toBeVisible();
  // What the case is about says what kind of cause it may be.
  await expect(handler.locator('select[name="cause"]')).toHaveValue('procedure');
  await handler.locator('main form button[type="submit"]').click();
  await expect(handler.getByText('此项不能为空。').first()).toBeVisible();
  await axe(handler);
  await shot(handler, 'improvement-new');
  await handler.locator('[name="problem"]').fill('叫号机断网没有应急叫号办法');
  await choose(handler.locator('main form'), 'post', /2号综合受理窗口/);
  await handler.locator('main form button[type="submit"]').click();
  await stands(handler, 'open');
  await expect(handler.locator('main')).toContainText('未指定责任人');
  await expect(handler.locator('button[data-action="assign"]')).toHaveCount(0);
  const path = new URL(handler.url()).pathname;

  // The case leads to the task that it has.
  await handler.locator('[data-origin="complaint"]').getByRole('link', { name: number }).click();
  await expect(handler.getByRole('heading', { level: 1, name: new RegExp(number) })).toBeVisible();
  await handler.locator('[data-rectify]').click();
  await stands(handler, 'open');
  expect(new URL(handler.url()).pathname).toBe(path);

  const admin = await open();
  await enter(admin, 'admin.shiqi');
  await admin.goto(path);
  await step(admin, 'assign', async (shown) => {
    await choose(shown, 'owner', /梁惠珍/);
    await shown.locator('[name="days"]').fill('10');
  });
  await expect(admin.getByText('责任人：梁惠珍').first()).toBeVisible();
  await expect(admin.getByText('期限 2026-03-16')).toBeVisible();

  // The owner may not see the case, and is told no more than that there is one.
  const owner = await open();
  await enter(owner, 'staff.shiqi');
  await owner.goto(path);
  await expect(owner.locator('[data-origin="complaint"]')).toBeVisible();
  await expect(owner.locator('[data-origin="complaint"]').getByRole('link')).toHaveCount(0);
  await axe(owner);
});

test('what a self-audit found leads to a task, once', async ({ page }) => {
  await enter(page, 'standard.shiqi');
  await page.goto('/desk/standards');
  const late = page.locator('[data-finding="nonconform"]').filter({ hasText: '整改超期' });
  const opens = (await late.locator('[data-rectify]').getAttribute('href')) ?? '';
  await late.locator('[data-rectify]').click();
  await expect(page.getByRole('heading', { level: 1, name: '自查发现转整改' })).toBeVisible();
  await page.locator('[name="problem"]').fill('窗口仍用旧版服务用语卡');
  await choose(page.locator('main form'), 'cause', /制度流程/);
  await choose(page.locator('main form'), 'owner', /梁惠珍/);
  await axe(page);
  await page.locator('main form button[type="submit"]').click();
  await stands(page, 'open');
  await expect(page.locator('[data-origin="self_audit"]')).toContainText('标准自查');
  const path = new URL(page.url()).pathname;
  await page.goto('/desk/standards');
  await expect(late.getByRole('link', { name: '查看整改任务' })).toHaveAttribute('href', path);
  await expect(late.locator('[data-rectify]')).toHaveCount(0);
  await axe(page);
  // Whoever still has the form open is told that it came too late.
  await page.goto(opens);
  await page.locator('[name="problem"]').fill('窗口仍用旧版服务用语卡');
  await choose(page.locator('main form'), 'cause', /制度流程/);
  await page.locator('main form button[type="submit"]').click();
  await expect(page.getByText('已经为此提出过整改。').first()).toBeVisible();
});

test('the same cause at the same post opens the earlier task again', async ({ page }) => {
  await enter(page, 'supervisor.shiqi');
  await page.goto('/desk/rectification/findings');
  const text = '新印的告知单又漏印了咨询电话。';
  await found(page, /服务效能/, text);
  const finding = page.locator('[data-finding]').filter({ hasText: text });
  await act(page, finding.getByRole('button', { name: '转为整改' }), async (shown) => {
    await shown.locator('[name="problem"]').fill('告知单再次缺少咨询电话');
    await choose(shown, 'cause', /告知公开/);
  });
  await finding.getByRole('link', { name: '整改任务' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '告知单缺少咨询电话' })).toBeVisible();
  await stands(page, 'returned');
  await expect(page.getByText('同类问题再次发生 1 次')).toBeVisible();
  await expect(page.locator('[data-log="reopen"]')).toContainText('告知单再次缺少咨询电话');
  await expect(page.locator('[data-origin="finding"]')).toHaveCount(2);
  await axe(page);

  // What does not need anything says why.
  await page.getByRole('link', { name: '返回整改任务' }).click();
  await page.getByRole('link', { name: '监督发现', exact: true }).first().click();
  const open = page.locator('[data-finding="open"]').filter({ hasText: '身份证读卡器' });
  await act(page, open.getByRole('button', { name: '不予整改' }), (shown) =>
    shown.locator('[name="reason"]').fill('设备已于当日更换。'),
  );
  await expect(page.locator('[data-finding="dismissed"]').filter({ hasText: '设备已于当日更换。' })).toBeVisible();
});

test('an improvement plan is carried out by its owner and measured by somebody else', async ({ page, open, server }) => {
  await enter(page, 'admin.shiqi');
  await page.goto('/desk/improvement');
  const column = (name: string): Locator => page.locator(`[data-column="${name}"]`);
  await expect(column('do')).toContainText('告知不到位造成多跑');
  await expect(column('do')).toContainText('1 项措施超期');
  await expect(column('plan')).toContainText('午间等候时间长');
  await axe(page);
  await shot(page, 'improvement-board');
  // A new plan's page opens, where its goal is set next.
  await page.getByRole('button', { name: '制定改进计划' }).click();
  const begun = page.getByRole('dialog');
  await begun.locator('[name="problem"]').fill('咨询电话无人接听');
  await choose(begun, 'cause', /人员配备/);
  await choose(begun, 'owner', /梁惠珍/);
  await begun.locator('button[type="submit"]').click();
  await expect(page).toHaveURL(/\/desk\/improvement\/.+/);
  await expect(page.getByText('咨询电话无人接听').first()).toBeVisible();
  await page.goto('/desk/improvement');
  await expect(column('plan')).toContainText('咨询电话无人接听');
  await page.getByRole('link', { name: '午间等候时间长' }).click();
  await step(page, 'approve');
  await stands(page, 'approved');
  const path = new URL(page.url()).pathname;

  const owner = await open();
  await login(owner, 'staff.shiqi');
  // A goal has to be better than what there is, in the direction of its indicator.
  await owner.goto('/desk/improvement');
  await owner.getByRole('link', { name: '咨询电话无人接听' }).click();
  await step(owner, 'set_goal', async (shown) => {
    await choose(shown, 'indicator', /满意率/);
    await shown.locator('[name="baseline"]').fill('81.5');
    await shown.locator('[name="target"]').fill('80');
    await shown.locator('[name="on"]').fill('2026-06-30');
    await shown.locator('button[type="submit"]').click();
    await expect(shown.getByText('目标应比现状更好。').first()).toBeVisible();
    await axe(owner);
    await shot(owner, 'improvement-goal', false);
    await shown.locator('[name="target"]').fill('90');
  });
  await stands(owner, 'goal_set');
  await expect(owner.locator('button[data-action="plan"]')).toHaveCount(0);
  await step(owner, 'add_measure', async (shown) => {
    await shown.locator('[name="text"]').fill('设咨询电话专人');
    await choose(shown, 'owner', /梁惠珍/);
    await shown.locator('[name="dueOn"]').fill('2026-03-31');
  });
  await expect(owner.locator('[data-measure="open"]')).toContainText('设咨询电话专人');
  await expect(owner.locator('button[data-action="plan"]')).toHaveCount(1);

  await owner.goto(path);
  await step(owner, 'execute');
  await stands(owner, 'executing');
  await act(owner, owner.getByRole('button', { name: '完成措施' }), (shown) =>
    shown.locator('[name="note"]').fill('午间两个窗口同时开放。'),
  );
  await stands(owner, 'checking');
  await expect(owner.getByText('2026-04-01')).toBeVisible();
  await expect(owner.locator('button[data-action]')).toHaveCount(0);
  await axe(owner);
  await page.reload();
  await stands(page, 'checking');
  await expect(page.locator('button[data-action="verify"]')).toHaveCount(0);

  await server.travel('2026-04-02T09:30:00+08:00');
  const later = await open();
  await enter(later, 'admin.shiqi');
  await later.goto(path);
  await step(later, 'verify', async (shown) => {
    await shown.locator('[name="measured"]').fill('18.5');
    await shown.locator('[name="method"]').fill('叫号系统三月下旬午间取号平均等候时间。');
    await shown.locator('[name="on"]').fill('2026-04-02');
  });
  await stands(later, 'effective');
  await expect(later.locator('[data-measured]')).toContainText('18.5');
  await expect(later.locator('[data-measured]')).toContainText('达到目标');
  await step(later, 'apply', async (shown) => {
    await choose(shown, 'appliedAs', /修订制度/);
    await shown.locator('[name="note"]').fill('写入排班规定。');
  });
  await stands(later, 'applied');
  await step(later, 'close');
  await stands(later, 'closed');
  await axe(later);
  await shot(later, 'improvement-plan');
});

for (const locale of ['zh-CN', 'en-US'] as const) {
  test(`putting right fits a phone, ${locale}`, async ({ open }) => {
    const page = await open({ viewport: { width: 320, height: 640 }, locale });
    const look = async (name: string): Promise<void> => {
      await axe(page);
      await fits(page);
      await shot(page, `phone-${locale.slice(0, 2)}-improvement-${name}`);
    };
    await enter(page, 'admin.shiqi');
    await page.goto('/desk/rectification');
    await expect(task(page, '窗口工作秩序松散')).toBeVisible();
    await look('list');
    await task(page, '窗口工作秩序松散').getByRole('link').click();
    await expect(page.locator('[data-log]').first()).toBeVisible();
    await look('task');
    await page.locator('button[data-action="send_back"]').click();
    await expect(page.getByRole('dialog').locator('[name="reason"]')).toBeVisible();
    await look('send-back');
    await page.keyboard.press('Escape');
    await page.goto('/desk/rectification/findings');
    await expect(page.locator('[data-finding]').first()).toBeVisible();
    await look('findings');
    await page.goto('/desk/improvement');
    await expect(page.locator('[data-plan]').first()).toBeVisible();
    await look('board');
    await page.getByRole('link', { name: '告知不到位造成多跑' }).click();
    await expect(page.locator('[data-measure]').first()).toBeVisible();
    await look('plan');
    // Somebody with something to put right.
    const owner = await open({ viewport: { width: 320, height: 640 }, locale });
    await enter(owner, 'staff.shiqi');
    await owner.goto('/desk/mine');
    await expect(owner.locator('#mine-rectification')).toBeVisible();
    await fits(owner);
    await axe(owner);
  });
}
