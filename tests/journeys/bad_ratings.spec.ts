// Bad ratings: whoever handles one is told; it is contacted, fixed, called back and closed, its target cannot; a task
// follows from it, once; an appeal is decided by the city's reviewer, and what is excluded stays in both totals.
import type { Locator, Page } from '@playwright/test';
import { axe, enter, expect, login, shot, test, type Open } from './fixtures';
import { fits, told } from './steps';

const POST = '投诉处理岗';
const REMARK = '问了三次都说不归他管，态度很冷淡。';
const PHONE = '13800008866';

/** Asks the server as the page itself would. */
async function ask(page: Page, query: string, variables: object = {}): Promise<any> {
  const answer = await page.evaluate(
    async (body) => {
      const headers = { 'content-type': 'application/json', 'x-requested-with': 'journey' };
      const response = await fetch('/graphql', { method: 'POST', headers, body });
      return response.json();
    },
    JSON.stringify({ query, variables }),
  );
  expect(answer.errors, query).toBeUndefined();
  return answer.data;
}

/** A visitor rates the post at which handler.shiqi works; on the next day the case is there. */
async function rated(open: Open, travel: (to: string) => Promise<void>): Promise<void> {
  const admin = await open();
  await login(admin, 'admin.shiqi');
  await ask(admin, 'mutation { addRatingPointsForPosts { id } }');
  const posters = await ask(admin, 'query($o: String!) { ratingPosters(origin: $o) { url point { name } } }', {
    o: new URL(admin.url()).origin,
  });
  const poster = posters.ratingPosters.find((row: { point: { name: string } }) => row.point.name.includes(POST));
  const point = new URL(poster.url).pathname.split('/').pop();
  const visitor = await open();
  await visitor.goto('/');
  const asked = await ask(
    visitor,
    'query($p: String) { ratingPage(center: "shiqi", point: $p) { form token reasons { code } } }',
    { p: point },
  );
  const { form, token } = asked.ratingPage;
  await ask(visitor, 'mutation($i: GiveRatingInput!) { giveRating(input: $i) { day } }', {
    i: {
      center: 'shiqi', token, form, level: 'DISSATISFIED', indicators: [], reasons: ['attitude'], remark: REMARK,
      contact: PHONE,
    },
  });
  await travel('2026-03-03T09:30:00+08:00');
}

/** The case in the list; it is there once the job has come by. */
async function listed(page: Page): Promise<Locator> {
  const row = page.locator('[data-case]').filter({ hasText: POST }).filter({ hasText: '2026-03-02' });
  await expect(async () => {
    await page.goto('/desk/bad-ratings');
    await expect(row).toHaveCount(1, { timeout: 2_000 });
  }).toPass({ timeout: 20_000 });
  return row;
}

/** Takes a step by its button, fills its form in and sends it. */
async function step(page: Page, action: string, fill: (dialog: Locator) => Promise<void> = async () => {}): Promise<void> {
  await page.locator(`[data-action="${action}"]`).click();
  const shown = page.getByRole('dialog');
  await expect(shown.locator('button[type="submit"]')).toBeVisible();
  await fill(shown);
  await shown.locator('button[type="submit"]').click();
  await expect(shown).toBeHidden();
  await expect(page.getByText('已保存。').first()).toBeVisible();
}

const choose = (shown: Locator, text: string) => shown.getByText(text, { exact: true }).click();

/** Contacted and verified. */
async function verified(page: Page, finding: string): Promise<void> {
  await step(page, 'contact', async (shown) => {
    await choose(shown, '已联系上');
    await shown.locator('[name="text"]').fill('电话了解当日经过。');
  });
  await step(page, 'verify', async (shown) => {
    await choose(shown, finding);
    await shown.locator('[name="text"]').fill('当日解释不耐心。');
  });
}

test('a bad rating is contacted, fixed, called back and closed, and its target cannot', async ({ server, open }) => {
  await rated(open, server.travel);
  const admin = await open();
  await enter(admin, 'admin.shiqi');
  const row = await listed(admin);
  await expect(row).toContainText('不满意');
  await expect(row).toContainText('留有联系方式');
  await axe(admin);
  await shot(admin, 'bad-ratings');
  const news = await told(admin, 'bad_rating_opened', POST);
  await expect(news).toContainText('收到差评');
  await axe(admin);
  await shot(admin, 'bad-ratings-bell', false);
  await news.getByRole('link').click();
  await expect(admin.getByText(REMARK)).toBeVisible();
  await expect(admin.getByText('态度不好')).toBeVisible();
  await expect(admin.locator('[data-rectify]')).toHaveCount(0);
  const path = new URL(admin.url()).pathname;

  // Its target finds no case before it is verified.
  const target = await open();
  await enter(target, 'handler.shiqi');
  await target.goto('/desk/bad-ratings');
  await expect(target.getByRole('heading', { level: 1, name: '差评办理' })).toBeVisible();
  await expect(target.locator('[data-case]').filter({ hasText: POST })).toHaveCount(0);
  // The bell tells them of others' only.
  await expect(await told(target, 'bad_rating_opened', POST)).toHaveCount(0);

  await admin.locator('[data-action="contact"]').click();
  const form = admin.getByRole('dialog');
  await form.locator('button[type="submit"]').click();
  await expect(form.getByText('此项不能为空。').first()).toBeVisible();
  await axe(admin);
  await form.getByRole('button', { name: '关闭', exact: true }).click();
  await verified(admin, '诉求清楚合理，立即整改');

  // A task follows, once, and each leads to the other.
  await admin.locator('[data-rectify]').click();
  await expect(admin.getByRole('heading', { level: 1, name: '差评转整改' })).toBeVisible();
  await admin.locator('[name="problem"]').fill('窗口解释不耐心，没有说明办理途径');
  await admin.locator('select[name="cause"]').selectOption({ label: '作风态度' });
  await axe(admin);
  await shot(admin, 'bad-rating-task');
  await admin.locator('main form button[type="submit"]').click();
  await expect(admin.locator('section[data-status="open"]')).toBeVisible();
  const task = new URL(admin.url()).pathname;
  await admin.locator('[data-origin="bad_rating"]').getByRole('link', { name: '查看差评' }).click();
  await expect(admin.locator('[data-tasked="true"]')).toBeVisible();
  await expect(admin.locator('[data-rectify]')).toHaveCount(0);
  await expect(admin.getByRole('link', { name: '查看整改任务' })).toHaveAttribute('href', task);
  expect(new URL(admin.url()).pathname).toBe(path);

  await target.goto(path);
  await expect(target.getByText('当日解释不耐心。')).toBeVisible();
  await expect(target.getByText(REMARK)).toHaveCount(0);
  await expect(target.getByRole('button', { name: '查看联系方式' })).toHaveCount(0);
  const offered = target.locator('[data-action]');
  await expect(offered).toHaveCount(1);
  await expect(offered).toHaveAttribute('data-action', 'appeal');
  await axe(target);
  await shot(target, 'bad-rating-rated');

  await step(admin, 'rectify', (shown) => shown.locator('[name="measures"]').fill('班前会通报，一周内复查。'));
  await step(admin, 'feed_back', async (shown) => {
    await shown.locator('[name="result"]').fill('已致歉并说明办理途径。');
    await choose(shown, '电话');
  });
  await step(admin, 'call_back', async (shown) => {
    await choose(shown, '已联系上');
    await choose(shown, '满意');
    await shown.locator('[name="text"]').fill('评价人认可。');
  });
  await expect(admin.locator('[data-bad-rating="followed_up"]')).toBeVisible();
  // The rated side may still appeal.
  await expect(admin.locator('[data-action="close"]')).toHaveCount(0);
  await admin.getByRole('button', { name: '查看联系方式' }).click();
  await form.locator('[name="reason"]').fill('核对回访电话。');
  await form.locator('button[type="submit"]').click();
  await expect(form.getByText(PHONE)).toBeVisible();

  await server.travel('2026-03-11T09:30:00+08:00');
  await enter(target, 'handler.shiqi');
  await target.goto(path);
  await expect(target.locator('.log-line').first()).toBeVisible();
  await expect(target.locator('[data-action]')).toHaveCount(0);
  await enter(admin, 'admin.shiqi');
  await admin.goto(path);
  await step(admin, 'close');
  await expect(admin.locator('[data-bad-rating="closed"]')).toBeVisible();
  await expect(admin.locator('.log-line')).toHaveCount(7);
  await axe(admin);
  await shot(admin, 'bad-rating-closed');
  await admin.goto('/desk/audit');
  await admin.getByLabel('操作', { exact: true }).selectOption({ label: '查看评价人联系方式' });
  await expect(admin.locator('[data-record]').filter({ hasText: '核对回访电话。' })).toBeVisible();
});

test('the rated side appeals, the city’s reviewer decides, and both totals are shown', async ({ server, open }) => {
  await rated(open, server.travel);
  const admin = await open();
  await enter(admin, 'admin.shiqi');
  await (await listed(admin)).getByRole('link').click();
  await verified(admin, '误评：评价人选错了');
  const path = new URL(admin.url()).pathname;
  const target = await open();
  await enter(target, 'handler.shiqi');
  await target.goto(path);
  await step(target, 'appeal', async (shown) => {
    await choose(shown, '误评');
    await shown.locator('[name="reason"]').fill('评价人在电话中确认点错。');
  });
  await expect(target.getByText('待复核')).toBeVisible();

  const reviewer = await open();
  await login(reviewer, 'reviewer.zhongshan');
  await reviewer.getByRole('link', { name: '评价申诉' }).click();
  const card = reviewer.locator('[data-appeal]').filter({ hasText: POST });
  await expect(card).toContainText('评价人在电话中确认点错。');
  await axe(reviewer);
  await shot(reviewer, 'appeals');
  await card.getByRole('link').click();
  await expect(reviewer.getByText('尚未查阅')).toBeVisible();
  await expect(reviewer.getByText(REMARK)).toHaveCount(0);
  await reviewer.getByRole('button', { name: '查阅这件申诉' }).click();
  const why = reviewer.getByRole('dialog');
  await why.locator('[name="reason"]').fill('核实误评。');
  await reviewer.keyboard.press('Tab');
  await reviewer.keyboard.press('Enter');
  await expect(reviewer.getByText(REMARK)).toBeVisible();
  await expect(reviewer.getByText(PHONE)).toHaveCount(0);
  await axe(reviewer);
  await shot(reviewer, 'appeal');
  await reviewer.getByText('予以剔除', { exact: true }).click();
  await reviewer.locator('[name="text"]').fill('电话核实，确属误评。');
  await reviewer.getByRole('button', { name: '提交复核结论' }).click();
  await expect(reviewer.getByText('复核结论已发给中心。')).toBeVisible();
  await expect(reviewer.getByText(REMARK)).toHaveCount(0);

  await admin.goto('/desk/bad-ratings?queue=over');
  await expect(admin.locator('[data-totals]')).toContainText('剔除 1 件');
  await expect(admin.locator('[data-case]').filter({ hasText: POST })).toContainText('已剔除');
  await (await told(target, 'appeal_decided', POST)).getByRole('link').click();
  await expect(target.getByText('电话核实，确属误评。').first()).toBeVisible();
  expect(new URL(target.url()).pathname).toBe(path);
});

for (const locale of ['zh-CN', 'en-US'] as const) {
  test(`bad ratings fit a phone, ${locale}`, async ({ server, open }) => {
    await rated(open, server.travel);
    const page = await open({ viewport: { width: 320, height: 640 }, locale });
    await enter(page, 'admin.shiqi');
    const row = await listed(page);
    await axe(page);
    await fits(page);
    await shot(page, `phone-${locale.slice(0, 2)}-bad-ratings`);
    await row.getByRole('link').click();
    await expect(page.locator('.log-line').first()).toBeVisible();
    await axe(page);
    await fits(page);
    await page.locator('[data-action="contact"]').click();
    await expect(page.getByRole('dialog').locator('button[type="submit"]')).toBeVisible();
    await axe(page);
    await fits(page);
  });
}
