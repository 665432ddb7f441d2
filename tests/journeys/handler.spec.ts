// The main story, each role in its own browser: file, settle, approve, press, count.
import { axe, enter, expect, login, shot, test } from './fixtures';
import { act, actionButton, file, fits, follow, openCase } from './steps';

test('a handler settles a complaint', async ({ page, open }) => {
  test.setTimeout(240_000);
  const visitor = await open();
  const { code, number } = await file(visitor);

  await login(page, 'handler.shiqi');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await axe(page);
  await fits(page);
  await shot(page, 'desk-inbox');
  await openCase(page, number);
  await axe(page);
  await act(page, 'screen');
  await act(page, 'accept', {}, ['一般']);
  const people = page.getByRole('dialog').locator('[name="assignee"] option');
  await page.locator('[data-action="assign"]').click();
  const investigator = await people.filter({ hasText: '窗口首席代表' }).first().innerText();
  await page.keyboard.press('Escape');
  await act(page, 'assign', { assignee: investigator, note: '请核实当天叫号记录。' });
  await expect(page.getByText('已交办').first()).toBeVisible();
  await page.getByRole('textbox', { name: '内容' }).fill('已电话联系投诉人，约定下午答复。');
  await page.getByRole('button', { name: '保存备注' }).click();
  await expect(page.getByText('已电话联系投诉人，约定下午答复。')).toBeVisible();
  await shot(page, 'desk-case');

  // The person who investigates sees it first on their own page.
  const staff = await open();
  await login(staff, 'staff.shiqi');
  await expect(staff.getByRole('heading', { level: 1, name: '今日待办' })).toBeVisible();
  await axe(staff);
  await shot(staff, 'desk-today');
  await staff.getByRole('link', { name: new RegExp(number) }).click();
  await act(staff, 'investigate');
  await act(staff, 'propose', { finding: '属实。叫号机断网未及时发现。', measures: '每小时巡查叫号机。' }, ['属实']);

  // Substantiated: the administrator approves.
  const admin = await open();
  await login(admin, 'admin.shiqi');
  await expect(admin.getByRole('heading', { level: 1, name: '待我审批' })).toBeVisible();
  await axe(admin);
  await shot(admin, 'desk-approvals');
  await openCase(admin, number);
  await act(admin, 'approve');

  await page.reload();
  await act(page, 'conclude');
  await act(page, 'give_feedback', { reply: '您好，您反映的情况属实，叫号机已修复，向您致歉。' }, ['电话']);
  // Not by the handler: the button is not there.
  await expect(page.locator('[data-action="follow_up"]')).toHaveCount(0);
  const officer = await open();
  await enter(officer, 'supervisor.shiqi');
  await openCase(officer, number);
  await act(officer, 'follow_up', { note: '电话回访，投诉人表示满意。' }, ['满意']);

  await page.reload();
  await act(page, 'close');
  await expect(page.getByText('已办结').first()).toBeVisible();

  const later = await open();
  await later.goto('/c/shiqi/track');
  await later.getByLabel('查询码').fill(code);
  await later.getByRole('button', { name: '查询', exact: true }).click();
  await expect(later.getByText('叫号机已修复').filter({ visible: true }).first()).toBeVisible();
  await expect(later.getByText('已电话联系投诉人')).toHaveCount(0);
});

test('a case that somebody else moved on is told, and nothing typed is lost', async ({ page, open }) => {
  const { number } = await file(await open());
  await enter(page, 'handler.shiqi');
  await openCase(page, number);
  await act(page, 'screen');
  await page.locator('[data-action="decline"]').click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('[name="reason"]').fill('不属于政务服务范围');
  const other = await open();
  await enter(other, 'handler.shiqi');
  await openCase(other, number);
  await act(other, 'accept', {}, ['一般']);
  await dialog.getByLabel(/不属于|职责|范围/).first().check();
  await dialog.locator('[name="referral"]').fill('请拨打 12345');
  await dialog.locator('button[type="submit"]').click();
  await expect(dialog.getByRole('alert').first()).toBeVisible();
  await expect(dialog.locator('[name="reason"]')).toHaveValue('不属于政务服务范围');
});

test('personal data are shown for a reason only', async ({ page, open }) => {
  const { number } = await file(await open());
  await enter(page, 'handler.shiqi');
  await openCase(page, number);
  await expect(page.getByText('138****9999')).toBeVisible();
  await expect(page.getByText('13800009999')).toHaveCount(0);
  await page.getByRole('button', { name: '查看' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('textarea, input').first().fill('电话回访');
  await axe(page);
  await dialog.locator('button[type="submit"]').click();
  await expect(page.getByText('13800009999')).toBeVisible();
});

test('a caller is registered with a receipt, and a duplicate is suggested', async ({ page, open }) => {
  await file(await open());
  await enter(page, 'staff.shiqi');
  await page.goto('/desk/complaints/new');
  await axe(page);
  await fits(page);
  const handler = await open();
  await enter(handler, 'handler.shiqi');
  await handler.goto('/desk/complaints/new');
  await handler.getByLabel('来源渠道').selectOption({ label: '电话' });
  await handler.getByLabel('事项', { exact: true }).selectOption({ label: '办事拖延' });
  await handler.getByLabel('事情经过').fill('一楼3号窗口补办社保卡，排队两个小时一直没有叫到号，没有人解释原因。');
  await expect(handler.getByText(/相似度/).first()).toBeVisible();
  await handler.getByLabel('已向投诉人说明个人信息的用途').check();
  await handler.getByRole('button', { name: '登记', exact: true }).click();
  await expect(handler.getByRole('heading', { name: '投诉已登记' })).toBeVisible();
  await expect(handler.getByText(/[0-9A-Z]{5}(-[0-9A-Z]{5}){3}-[0-9A-Z]/).first()).toBeVisible();
  await axe(handler);
  await shot(handler, 'desk-registered');
});

test('the inbox answers to the keyboard, and its filters live in the address', async ({ page }) => {
  await enter(page, 'handler.shiqi');
  await page.goto('/desk/complaints?queue=all');
  await expect(page.getByRole('link', { name: /\d{8}-/ }).first()).toBeVisible();
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('社保卡');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/q=/);
  await page.goto('/desk/complaints?queue=overdue');
  await expect(page.locator('main').getByText(/已超期/).first()).toBeVisible();
  await expect(page.getByRole('link', { name: /\d{8}-/ }).first()).toBeVisible();
  await page.locator('body').click({ position: { x: 5, y: 5 } });
  await page.keyboard.press('j');
  await expect(page.locator('[data-row]').first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/desk\/complaints\/[0-9a-f-]{36}/);
});

test('a duplicate is merged, and both numbers lead to the case', async ({ page, open }) => {
  const [one, other] = [await open(), await open()];
  const first = await file(one);
  const second = await file(other);
  await enter(page, 'handler.shiqi');
  await openCase(page, second.number);
  await (await actionButton(page, 'merge')).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('searchbox').fill(first.number);
  await dialog.getByRole('searchbox').press('Enter');
  await expect(dialog.locator('[name="into"] option:checked')).toContainText(first.number);
  await dialog.locator('button[type="submit"]').click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('已并案').first()).toBeVisible();
  // From the one to the other, and back.
  await page.getByRole('link', { name: first.number }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: new RegExp(first.number) })).toBeVisible();
  await expect(page.getByRole('heading', { name: '并入本件' })).toBeVisible();
  await expect(page.getByRole('link', { name: second.number })).toBeVisible();
  await openCase(page, second.number);
  await follow(other);
  await expect(other.getByText(`与 ${first.number} 反映的是同一件事`)).toBeVisible();
  await follow(one);
  await expect(one.getByRole('heading', { name: new RegExp(first.number) })).toBeVisible();
});

test('a pause moves the due date by the working days it lasted', async ({ page, open, server }) => {
  const visitor = await open();
  const { number } = await file(visitor);
  await enter(page, 'handler.shiqi');
  await openCase(page, number);
  await act(page, 'screen');
  await act(page, 'accept', {}, ['一般']);
  await expect(page.getByText('2026-03-09').first()).toBeVisible();
  await act(page, 'pause', { note: '等投诉人补交取号单照片。' }, ['等待投诉人补充材料']);
  await expect(page.getByText('计时已暂停：等待投诉人补充材料')).toBeVisible();
  await follow(visitor);
  await expect(visitor.getByText('等待投诉人补充材料').first()).toBeVisible();
  await expect(visitor.getByText('等投诉人补交取号单照片')).toHaveCount(0);

  await server.travel('2026-03-04T09:30:00+08:00');
  await enter(page, 'handler.shiqi');
  await openCase(page, number);
  await act(page, 'resume');
  await expect(page.getByText('2026-03-11').first()).toBeVisible();
  await expect(page.getByText('2026-03-09')).toHaveCount(0);
  await follow(visitor);
  await expect(visitor.getByText('2026-03-11').first()).toBeVisible();
});

test('a reply is put off once, and the complainant reads why', async ({ page, open }) => {
  const visitor = await open();
  const { number } = await file(visitor);
  await enter(page, 'handler.shiqi');
  await openCase(page, number);
  await act(page, 'screen');
  await act(page, 'accept', {}, ['一般']);
  await (await actionButton(page, 'assign')).click();
  const people = page.getByRole('dialog').locator('[name="assignee"] option');
  const investigator = await people.filter({ hasText: '窗口首席代表' }).first().innerText();
  await page.keyboard.press('Escape');
  await act(page, 'assign', { assignee: investigator });
  await act(page, 'investigate');
  await act(page, 'extend', { days: '3', reason: '需要调取当天的监控录像。' });
  await expect(page.getByText('2026-03-12').first()).toBeVisible();
  await expect(page.locator('[data-action="propose"]')).toBeVisible();
  await expect(page.locator('[data-action="extend"]')).toHaveCount(0);
  await follow(visitor);
  await expect(visitor.getByText('需要调取当天的监控录像。')).toBeVisible();
  await expect(visitor.getByText('2026-03-12').first()).toBeVisible();
});

test('what is not accepted is explained, with where to turn instead', async ({ page, open }) => {
  const visitor = await open();
  const { number } = await file(visitor);
  await enter(page, 'handler.shiqi');
  await openCase(page, number);
  await act(page, 'screen');
  const reason = '社保卡由社保分局补办，不在本中心。';
  await act(page, 'decline', { reason, referral: '请拨打 12333 咨询社保分局。' }, ['不属于政务服务投诉范围']);
  await expect(page.getByText('不予受理').first()).toBeVisible();
  await follow(visitor);
  await expect(visitor.getByText('不属于政务服务投诉范围')).toBeVisible();
  await expect(visitor.getByText(reason).first()).toBeVisible();
  await expect(visitor.getByText('请拨打 12333')).toBeVisible();
});

test.describe('without a connection', () => {
  test.use({ allowedProblems: [/graphql/] });

  test('a registration that was sent and then changed can be sent as another', async ({ page }) => {
    await enter(page, 'handler.shiqi');
    await page.goto('/desk/complaints/new');
    await page.getByLabel('来源渠道').selectOption({ label: '电话' });
    await page.getByLabel('事项', { exact: true }).selectOption({ label: '办事拖延' });
    const text = page.getByLabel('事情经过');
    await text.fill('一楼3号窗口补办社保卡，排队两个小时。');
    await page.getByLabel('已向投诉人说明个人信息的用途').check();
    // The request arrives, the answer is lost.
    await page.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('registerComplaint')) await route.fetch();
      await route.abort();
    });
    const send = page.getByRole('button', { name: '登记', exact: true });
    await send.click();
    await expect(page.getByRole('alert')).toContainText('网络连接不上');
    await page.unroute('**/graphql');
    await text.fill('一楼3号窗口补办社保卡，排队三个小时，一直没有叫到号。');
    await send.click();
    await expect(page.getByRole('alert')).toContainText('先前已提交过');
    await send.click();
    await expect(page.getByRole('heading', { name: '投诉已登记' })).toBeVisible();
  });
});

test('whoever writes a note while the case is read anew goes on writing', async ({ page, open }) => {
  const { number } = await file(await open());
  await login(page, 'handler.shiqi');
  await openCase(page, number);
  let read = (): void => undefined;
  const held = new Promise<void>((resolve) => { read = resolve; });
  await page.route('**/graphql', async (route) => {
    if (route.request().postData()?.includes('CaseQuery')) await held;
    await route.continue();
  });
  await act(page, 'screen');
  const note = page.getByRole('textbox', { name: '内容' });
  await note.click();
  await page.keyboard.type('已电话联系投诉人，');
  read();
  await expect(page.locator('[data-action="accept"]')).toBeVisible();
  await expect(note).toBeFocused();
  await page.keyboard.type('约定下午答复。');
  await expect(note).toHaveValue('已电话联系投诉人，约定下午答复。');
});
