// The public rates by the code on a poster, and answers form E; the staff see weeks that are over.
import type { Page } from '@playwright/test';
import { axe, enter, expect, login, shot, test, type Open } from './fixtures';
import { answer, file, fits, follow } from './steps';

const DOOR = '一楼大厅出口';
const PHONE = { viewport: { width: 320, height: 640 } };

/** The posters as the administrator prints them, and where the one at the door leads. */
async function poster(page: Page): Promise<string> {
  await page.goto('/desk/rating-points/print');
  const sheet = page.locator(`[data-poster="${DOOR}"]`);
  await expect(sheet.locator('svg.qr')).toBeVisible();
  return new URL((await sheet.locator('.poster-address').textContent()) ?? '').pathname;
}

/** The same, as somebody else has printed it. */
async function code(open: Open): Promise<string> {
  const admin = await open();
  await enter(admin, 'admin.shiqi');
  return poster(admin);
}

test('a citizen scans a poster, rates on a phone and answers the questionnaire', async ({ page, open }) => {
  await enter(page, 'admin.shiqi');
  await page.goto('/desk/rating-points');
  await expect(page.locator('[data-rating-point]')).toHaveCount(4);
  await axe(page);
  await shot(page, 'rating-points');
  await page.getByRole('link', { name: '打印海报' }).click();
  const path = await poster(page);
  await expect(page.locator('.poster')).toHaveCount(4);
  await axe(page);
  await page.getByText('A5，每页 A4 两张').click();
  await expect(page.locator('.posters-small')).toBeVisible();
  await shot(page, 'rating-posters');
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.print-head')).toBeHidden();
  await expect(page.locator('.poster').first()).toBeVisible();
  await page.emulateMedia({ media: 'screen' });

  const phone = await open(PHONE);
  await phone.goto(path);
  await expect(phone.getByRole('heading', { name: '请为我们的服务评分' })).toBeVisible();
  await expect(phone.getByText(DOOR)).toBeVisible();
  await expect(phone.getByRole('radio', { checked: true })).toHaveCount(0);
  await axe(phone);
  await fits(phone);
  await shot(phone, 'rate-320');
  await phone.getByRole('button', { name: '下一步' }).click();
  await expect(phone.getByRole('alert').getByRole('link')).toBeVisible();
  await axe(phone);
  await phone.getByText('不满意', { exact: true }).click();
  await phone.getByRole('button', { name: '下一步' }).click();
  // Reasons are asked only now.
  await expect(phone.getByRole('heading', { name: '很抱歉，哪里没有做好？' })).toBeFocused();
  await phone.getByLabel('等候太久').check();
  await phone.getByRole('group', { name: /办理效率/ }).getByLabel('非常不满意').check();
  await phone.getByLabel('想说的话').fill('等了一个半小时，没有人说明原因。');
  await phone.getByLabel('联系电话').fill('打给我');
  await phone.getByRole('button', { name: '提交', exact: true }).click();
  await expect(phone.getByRole('alert')).toContainText('电话');
  await axe(phone);
  await fits(phone);
  await shot(phone, 'rate-low-320');
  // What was filled in is still there, also after a step back.
  await phone.getByRole('button', { name: '上一步' }).click();
  await phone.getByRole('button', { name: '下一步' }).click();
  await expect(phone.getByLabel('等候太久')).toBeChecked();
  await expect(phone.getByLabel('想说的话')).toHaveValue('等了一个半小时，没有人说明原因。');
  await phone.getByLabel('联系电话').fill('13800007766');
  await phone.getByRole('button', { name: '提交', exact: true }).click();
  await expect(phone.getByRole('heading', { name: '谢谢您' })).toBeFocused();
  await phone.locator('summary').click();
  await expect(phone.locator('[data-commitment]')).toHaveText(/^[0-9a-f]{64}$/);
  await axe(phone);
  await fits(phone);
  await shot(phone, 'rate-thanks-320');

  await phone.getByRole('link', { name: '再填一份简短问卷' }).click();
  await expect(phone.getByRole('heading', { name: '群众满意度问卷' })).toBeVisible();
  await axe(phone);
  await fits(phone);
  await phone.getByRole('button', { name: '提交', exact: true }).click();
  await expect(phone.getByRole('alert').getByRole('link')).toHaveCount(7);
  for (const row of await phone.getByRole('group').all()) await row.getByLabel('比较满意').check();
  await phone.locator('[name="visitedOn"]').fill('2026-03-01');
  await phone.locator('[name="department"]').selectOption({ label: '税务分局' });
  await phone.locator('[name="remark"]').fill('指引牌再大一点。');
  await axe(phone);
  await shot(phone, 'survey-320');
  await phone.getByRole('button', { name: '提交', exact: true }).click();
  await expect(phone.getByRole('heading', { name: '谢谢您' })).toBeFocused();

  // A revoked point's poster is dead.
  await page.goto('/desk/rating-points');
  await page.getByRole('button', { name: `停用“${DOOR}”` }).click();
  await page.getByRole('dialog').getByRole('button', { name: '停用', exact: true }).click();
  await expect(page.getByText('已保存。').first()).toBeVisible();
  await expect(page.locator('[data-rating-point]')).toHaveCount(3);
  await phone.goto(path);
  await expect(phone.getByRole('heading', { name: '评价码无效' })).toBeVisible();
  await axe(phone);
});

test('a visitor rates in English by the keyboard alone', async ({ open }) => {
  const path = await code(open);
  const phone = await open({ ...PHONE, locale: 'en-US' });
  await phone.goto(path);
  await expect(phone.getByRole('heading', { name: 'Please rate our service' })).toBeVisible();
  await axe(phone);
  await fits(phone);
  const first = phone.getByRole('radio', { name: 'Very satisfied' });
  for (let n = 0; n < 20 && !(await first.evaluate((face) => face === document.activeElement)); n += 1) {
    await phone.keyboard.press('Tab');
  }
  await expect(first).toBeFocused();
  await phone.keyboard.press('Space');
  await phone.keyboard.press('ArrowDown');
  await expect(phone.getByRole('radio', { name: 'Satisfied', exact: true })).toBeChecked();
  await phone.keyboard.press('Enter');
  await expect(phone.getByRole('heading', { name: 'Anything else?' })).toBeFocused();
  // Neither reasons nor a phone after a good level.
  await expect(phone.getByRole('checkbox')).toHaveCount(0);
  await expect(phone.locator('[name="contact"]')).toHaveCount(0);
  await axe(phone);
  await fits(phone);
  await shot(phone, 'rate-en-320');
  const send = phone.getByRole('button', { name: 'Send', exact: true });
  for (let n = 0; n < 30 && !(await send.evaluate((button) => button === document.activeElement)); n += 1) {
    await phone.keyboard.press('Tab');
  }
  await phone.keyboard.press('Enter');
  await expect(phone.getByRole('heading', { name: 'Thank you' })).toBeFocused();
});

test('the staff see closed weeks, and no row about too few people', async ({ page, open }) => {
  await enter(page, 'admin.shiqi');
  await page.goto('/desk/work');
  await page.getByRole('link', { name: '群众评价' }).click();
  const week = page.locator('section[data-week="2026-02-23"]');
  // The last day of the week is closed as soon as the server has started.
  await expect(async () => {
    await page.goto('/desk/ratings');
    await expect(week).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 20_000 });
  await expect(week.locator('[data-ratings]').first()).toHaveText('36');
  await expect(page.locator('tr[data-point="shown"]')).toHaveCount(2);
  // The third window has three ratings; with it alone hidden, the total would tell them.
  await expect(page.locator('tr[data-point="hidden"]')).toHaveCount(3);
  await expect(page.getByText('导办很耐心。')).toBeVisible();
  // Form E of the two departments that enough people named; of the others not even that nobody did.
  const survey = page.locator('section[data-survey]');
  await expect(survey.locator('[data-department="shown"]')).toHaveCount(2);
  await expect(survey.locator('[data-department="hidden"]').first()).toContainText('人数太少，不显示');
  await survey.locator('[data-code="hr"] summary').click();
  await expect(survey.locator('[data-code="hr"] tr[data-row="speed"]')).toContainText('40.0%');
  await axe(page);
  await shot(page, 'ratings');
  await page.getByRole('link', { name: '2026-02-16' }).click();
  await expect(page).toHaveURL(/week=2026-02-16/);
  // The week that goes on is not there, whatever was given in it.
  await page.goto('/desk/ratings?week=2026-03-02');
  await expect(page.getByText('这一周还没有结束，或者没有人评价。')).toBeVisible();

  const staff = await open();
  await enter(staff, 'staff.shiqi');
  await staff.goto('/desk/ratings?week=2026-02-23');
  await expect(staff.locator('section[data-week="2026-02-23"] [data-ratings]').first()).toHaveText('36');
  await expect(staff.getByText('导办很耐心。')).toHaveCount(0);
  await expect(staff.locator('a[data-finding]')).toHaveCount(0);
  await axe(staff);
});

test('what a figure says becomes a finding of its department, and a task', async ({ page }) => {
  await login(page, 'admin.shiqi');
  const row = page.locator('[data-code="hr"] tr[data-row="speed"]');
  // The last day of the week is closed as soon as the server has started.
  await expect(async () => {
    await page.goto('/desk/ratings?week=2026-02-23');
    await page.locator('[data-code="hr"] summary').click({ timeout: 2_000 });
    await expect(row).toContainText('（95% 置信区间', { timeout: 2_000 });
  }).toPass({ timeout: 20_000 });
  await row.locator('a[data-finding]').click();
  const form = page.getByRole('dialog');
  await expect(form.locator('[name="on"]')).toHaveValue('2026-03-01');
  await expect(form.locator('select[name="supervision"]')).toHaveValue('social');
  await expect(form.locator('select[name="area"]')).toHaveValue('effectiveness');
  await expect(form.locator('[name="description"]')).toHaveValue(/人社分局.*40\.0%（5 人作答）/);
  await form.locator('select[name="department"]').selectOption({ label: '人力资源和社会保障分局' });
  await axe(page);
  await shot(page, 'ratings-finding', false);
  await form.locator('button[type="submit"]').click();
  await expect(form).toBeHidden();
  const finding = page.locator('[data-finding]').filter({ hasText: '人社分局' });
  await expect(finding).toContainText('人力资源和社会保障分局');
  await finding.getByRole('button', { name: '转为整改' }).click();
  await form.locator('[name="problem"]').fill('办事速度群众满意度低');
  await form.locator('select[name="cause"]').selectOption({ label: '人员配备' });
  await form.locator('button[type="submit"]').click();
  await expect(finding).toHaveAttribute('data-finding', 'tasked');
  await finding.getByRole('link', { name: '整改任务' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '办事速度群众满意度低' })).toBeVisible();
  await expect(page.locator('main')).toContainText('部门：人力资源和社会保障分局');
  await axe(page);
});

test('what the city excludes stays in the total, and is out of the second one', async ({ page, open }) => {
  await enter(page, 'admin.shiqi');
  await page.goto('/desk/ratings?week=2026-02-09');
  const week = page.locator('section[data-week="2026-02-09"]');
  const total = Number(await week.locator('[data-ratings]').first().textContent());
  await expect(week.locator('[data-excluded]')).toHaveCount(0);

  const reviewer = await open();
  await login(reviewer, 'reviewer.zhongshan');
  await reviewer.getByRole('link', { name: '评价申诉' }).click();
  await reviewer.locator('[data-appeal]').filter({ hasText: '评价人在电话中确认点错，请求不计入。' }).getByRole('link').click();
  await reviewer.getByRole('button', { name: '查阅这件申诉' }).click();
  const why = reviewer.getByRole('dialog');
  await why.locator('[name="reason"]').fill('核实误评。');
  await why.locator('button[type="submit"]').click();
  await reviewer.getByText('予以剔除', { exact: true }).click();
  await reviewer.locator('[name="text"]').fill('电话核实，确属误评。');
  await reviewer.getByRole('button', { name: '提交复核结论' }).click();
  await expect(reviewer.getByText('复核结论已发给中心。')).toBeVisible();

  await page.reload();
  await expect(week.locator('[data-excluded="1"]')).toBeVisible();
  await expect(week.locator('[data-excluded] + p')).toHaveText('误评 1');
  await expect(week.locator('[data-ratings]').first()).toHaveText(String(total));
  await expect(week.locator('[data-left]')).toHaveText(String(total - 1));
  await axe(page);
  await shot(page, 'ratings-excluded');
});

test('after an answered complaint a link lets one rate once, and staff may only look', async ({ page, open }) => {
  const { number } = await file(page);
  const handler = await open();
  await enter(handler, 'handler.shiqi');
  await answer(handler, number);
  await follow(page);
  const link = page.getByRole('link', { name: '评价中心服务' });
  const href = (await link.getAttribute('href')) ?? '';
  expect(href).toMatch(/^\/r\/shiqi\/link#/);
  await link.click();
  for (const round of [1, 2]) {
    await expect(page.getByRole('heading', { name: '请为我们的服务评分' })).toBeVisible();
    await page.getByText('非常满意', { exact: true }).click();
    await page.getByRole('button', { name: '下一步' }).click();
    await page.getByRole('button', { name: '提交', exact: true }).click();
    if (round === 1) {
      await expect(page.getByRole('heading', { name: '谢谢您' })).toBeFocused();
      await page.reload();
    } else {
      await expect(page.getByRole('alert')).toContainText('这次评价已经提交过');
    }
  }

  await handler.goto(href);
  await expect(handler.getByText('您已登录工作台，不能作为服务对象评价。')).toBeVisible();
  await handler.getByText('满意', { exact: true }).click();
  await handler.getByRole('button', { name: '下一步' }).click();
  await expect(handler.getByRole('button', { name: '提交', exact: true })).toHaveCount(0);
});

test.describe('without a connection', () => {
  test.use({ allowedProblems: [/graphql/] });

  test('a filled-in rating survives a lost connection', async ({ open }) => {
    const path = await code(open);
    const phone = await open(PHONE);
    await phone.goto(path);
    await phone.getByText('基本满意', { exact: true }).click();
    await phone.getByRole('button', { name: '下一步' }).click();
    await phone.getByLabel('想说的话').fill('中午有人值班就好了。');
    await phone.route('**/graphql', (route) => route.abort());
    await phone.getByRole('button', { name: '提交', exact: true }).click();
    await expect(phone.getByRole('alert').first()).toBeVisible();
    await phone.unroute('**/graphql');
    await expect(phone.getByLabel('想说的话')).toHaveValue('中午有人值班就好了。');
    await phone.getByRole('button', { name: '提交', exact: true }).click();
    await expect(phone.getByRole('heading', { name: '谢谢您' })).toBeFocused();
  });
});

for (const [locale, why] of [['zh-CN', '一周评价已汇总'], ['en-US', 'ratings of a week']] as const) {
  test(`the lead of a post is told that a week is summed up, and looks at it, in ${locale}`, async ({ open }) => {
    const phone = await open({ locale, viewport: { width: 320, height: 640 } });
    await login(phone, 'lead.shiqi');
    await phone.getByRole('button', { name: /提醒|Notifications/ }).first().click();
    const told = phone.locator('[data-notice="week_summed"]').first();
    await expect(told).toContainText(why);
    await told.getByRole('link', { name: '2026-02-23' }).click();
    await expect(phone).toHaveURL(/\/desk\/ratings\?week=2026-02-23/);
    await expect(phone.locator('.picks a[href$="week=2026-02-23"]')).toHaveAttribute('aria-current', 'true');
    await fits(phone);
    await axe(phone);
    await shot(phone, `ratings-summed-${locale}`);
  });
}
