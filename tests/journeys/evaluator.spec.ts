// Whoever evaluates a center from outside: invited for some days, on a phone, and out after the last one.
import type { Locator, Page } from '@playwright/test';
import { axe, enter, expect, login, shot, test } from './fixtures';
import { fits } from './steps';

const CHOSEN = 'paper lantern on the old pier';
const PHONE = { viewport: { width: 320, height: 640 } };

type Evaluator = { login: string; name: string; kind: string; round: RegExp; from?: string; until?: string };

/** Opens the dialog on the people's page and fills it in. */
async function fillIn(page: Page, who: Evaluator): Promise<Locator> {
  await page.goto('/desk/members');
  await page.getByRole('button', { name: /邀请评价人|Invite an evaluator/ }).click();
  const dialog = page.getByRole('dialog');
  const option = dialog.locator('[name="campaignId"] option').filter({ hasText: who.round });
  await dialog.locator('[name="campaignId"]').selectOption(await option.getAttribute('value'));
  await dialog.getByLabel(who.kind, { exact: true }).check();
  await dialog.locator('[name="login"]').fill(who.login);
  await dialog.locator('[name="displayName"]').fill(who.name);
  if (who.from) await dialog.locator('[name="validFrom"]').fill(who.from);
  if (who.until) await dialog.locator('[name="validUntil"]').fill(who.until);
  return dialog;
}

/** Plans a third party's round, as the page of rounds would. */
async function planned(page: Page, name: string, from: string, until: string): Promise<void> {
  const answer = await page.evaluate(
    async ({ name, from, until }) => {
      const ask = async (query: string, variables: object = {}) => {
        const headers = { 'content-type': 'application/json', 'x-requested-with': 'journey' };
        const body = JSON.stringify({ query, variables });
        return (await fetch('/graphql', { method: 'POST', headers, body })).json();
      };
      const choices = await ask('{ campaignChoices { forms { id kind } } }');
      const form = choices.data.campaignChoices.forms.find((row: { kind: string }) => row.kind === 'THIRD_PARTY').id;
      const days = { startsOn: from, endsOn: until, repliesUntil: until };
      const input = { kind: 'THIRD_PARTY', form, name, ...days, briefing: 'Look at the hall and talk to people.' };
      return ask('mutation($i: PlanCampaignInput!) { planCampaign(input: $i) { id } }', { i: input });
    },
    { name, from, until },
  );
  expect(answer.errors).toBeUndefined();
}

async function send(page: Page, dialog: Locator): Promise<string> {
  await dialog.locator('button[type="submit"]').click();
  const link = await page.getByRole('dialog').locator('.address').innerText();
  expect(link).toMatch(/\/evaluate#[0-9a-f]{64}$/);
  return link;
}

async function choosePassword(page: Page): Promise<void> {
  await page.locator('[name="password"]').fill(CHOSEN);
  await page.locator('[name="again"]').fill(CHOSEN);
  await page.locator('button[type="submit"]').click();
}

async function signIn(page: Page, account: string): Promise<void> {
  await page.goto('/evaluate');
  await page.locator('[name="login"]').fill(account);
  await page.locator('[name="password"]').fill(CHOSEN);
  await page.locator('button[type="submit"]').click();
}

test('a deputy comes by link, sees the own page alone, and is out after the last day', async ({ page, open, server }) => {
  await login(page, 'admin.shiqi');
  const round = /代表委员看窗口/;
  const dialog = await fillIn(page, { login: 'deputy.li', name: '李秀兰', kind: '人大代表', round });
  await expect(dialog.locator('[name="validFrom"]'), 'the days of the round').toHaveValue('2026-02-27');
  await dialog.locator('[name="validFrom"]').fill('');
  await dialog.locator('button[type="submit"]').click();
  await expect(dialog.getByRole('alert')).toContainText('开始日期');
  await dialog.locator('[name="validFrom"]').fill('2026-03-02');
  await dialog.locator('[name="validUntil"]').fill('2026-03-06');
  await axe(page);
  await shot(page, 'desk-invite-evaluator');
  const link = await send(page, dialog);

  const phone = await open(PHONE);
  await phone.goto(link);
  for (const told of ['李秀兰', 'deputy.li', '人大代表', '2026-03-02至2026-03-06', '石岐街道']) {
    await expect(phone.locator('main')).toContainText(told);
  }
  expect(phone.url(), 'the token has left the address').toMatch(/\/evaluate$/);
  await axe(phone);
  await fits(phone);
  await shot(phone, 'phone-zh-evaluator-invitation');
  await choosePassword(phone);
  await expect(phone.getByRole('heading', { level: 1, name: '李秀兰，您好' })).toBeVisible();
  for (const told of ['石岐街道', '人大代表', '2026-03-02至2026-03-06', '代表委员看窗口：综合窗口与导办']) {
    await expect(phone.locator('main')).toContainText(told);
  }
  await axe(phone);
  await fits(phone);
  await shot(phone, 'phone-zh-evaluator');

  // Nothing else: the desk sends back, and the server refuses what it would ask.
  for (const path of ['/desk', '/desk/complaints', '/desk/members', '/desk/catalogue']) {
    await phone.goto(path);
    await expect(phone, path).toHaveURL(/\/evaluate$/);
    await expect(phone.getByRole('heading', { level: 1, name: '李秀兰，您好' })).toBeVisible();
  }
  const asked = await phone.request.post('/graphql', {
    headers: { 'x-requested-with': 'gangping', 'sec-fetch-site': 'same-origin' },
    data: { query: '{ complaints { totalCount } }' },
  });
  expect((await asked.json()).errors[0].extensions.code).toBe('FORBIDDEN');

  // The last evening, and a quarter of an hour later.
  await server.travel('2026-03-06T23:50:00+08:00');
  await signIn(phone, 'deputy.li');
  await expect(phone.getByRole('heading', { level: 1, name: '李秀兰，您好' })).toBeVisible();
  await server.travel('2026-03-07T00:05:00+08:00');
  await phone.reload();
  await expect(phone.getByRole('heading', { level: 1, name: '目前没有需要您评价的活动' })).toBeVisible();
  await axe(phone);
  await shot(phone, 'phone-zh-evaluator-over');
  await phone.getByRole('button', { name: '退出登录' }).click();
  await expect(phone.getByRole('status')).toContainText('您已退出登录');
  await axe(phone);
  await fits(phone);
  await shot(phone, 'phone-zh-evaluator-door');
  const answers = [];
  for (const account of ['deputy.li', 'nobody.at.all']) {
    await signIn(phone, account);
    await expect(phone.getByRole('alert').first()).toBeVisible();
    answers.push(await phone.getByRole('alert').first().innerText());
  }
  expect(answers[0]).toContain('账号或密码不正确');
  expect(answers[1], 'the same as for somebody unknown').toBe(answers[0]);
});

test.describe('in English', () => {
  test.use({ locale: 'en-US' });

  test('a third party joins the round, and comes before its first day', async ({ page, open, server }) => {
    await page.setViewportSize(PHONE.viewport);
    await login(page, 'admin.shiqi');
    await planned(page, 'Third party, spring', '2026-03-09', '2026-03-20');
    const round = /Third party, spring/;
    await send(page, await fillIn(page, { login: 'lead.wu', name: 'Wu Jianhua', kind: 'Third-party lead', round }));
    const dialog = await fillIn(page, { login: 'assessor.ho', name: 'Ho Mei', kind: 'Third-party assessor', round });
    await expect(dialog.locator('[name="validFrom"]'), 'the days of the round').toHaveValue('2026-03-09');
    await axe(page);
    await fits(page);
    await shot(page, 'phone-en-invite-evaluator');
    const link = await send(page, dialog);

    const phone = await open(PHONE);
    await phone.goto(link);
    await expect(phone.locator('main')).toContainText('2026-03-09 to 2026-03-20');
    await axe(phone);
    await fits(phone);
    await shot(phone, 'phone-en-evaluator-invitation');
    await choosePassword(phone);
    await expect(phone.getByText('Your account opens on 2026-03-09')).toBeVisible();
    await axe(phone);
    await shot(phone, 'phone-en-evaluator-early');
    await phone.getByRole('link', { name: 'Go to sign-in' }).click();
    await expect(phone.getByRole('heading', { level: 1, name: 'Sign-in for evaluators' })).toBeVisible();
    await server.travel('2026-03-09T08:30:00+08:00');
    await signIn(phone, 'assessor.ho');
    await expect(phone.getByRole('heading', { level: 1, name: 'Hello, Ho Mei' })).toBeVisible();
    await axe(phone);
    await fits(phone);
    await shot(phone, 'phone-en-evaluator');
    // Used up: the way in is the password from now on.
    await phone.getByRole('button', { name: 'Sign out' }).click();
    await expect(phone.locator('[name="login"]'), 'the server has heard of it').toBeVisible();
    await phone.goto('about:blank');
    await phone.goto(link);
    await expect(phone.getByRole('heading', { level: 1, name: 'This link does not work' })).toBeVisible();
    await phone.getByRole('link', { name: 'Go to sign-in' }).click();
    await expect(phone.locator('[name="login"]')).toBeVisible();
  });
});

test('staff who open the page of the evaluators are shown the way to their desk', async ({ page }) => {
  await enter(page, 'handler.shiqi');
  await page.goto('/evaluate');
  await page.getByRole('link', { name: '进入工作台' }).click();
  await expect(page).toHaveURL(/\/desk\/complaints/);
});
