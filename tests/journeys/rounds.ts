// What several journeys of rounds do: ask the server as whoever a page belongs to, give somebody a role, plan a round.
import { expect, login, PASSWORD, type Account } from './fixtures';
import type { Locator, Page } from '@playwright/test';

export const CHOSEN = 'paper lantern on the old pier';
export const PHONE = { viewport: { width: 320, height: 640 } };

type Row = Record<string, any>;

/** Asks the server as the page's own person, as its pages would; there must be no error. */
export async function ask(page: Page, query: string, variables: Row = {}): Promise<Row> {
  const answer = await page.evaluate(
    async (body) => {
      const headers = { 'content-type': 'application/json', 'x-requested-with': 'journey' };
      return (await fetch('/graphql', { method: 'POST', headers, body })).json();
    },
    JSON.stringify({ query, variables }),
  );
  expect(answer.errors, query).toBeUndefined();
  return answer.data;
}

/** A mutation with its input. */
export async function does(page: Page, verb: string, kind: string, input: Row, wanted = 'id version'): Promise<Row> {
  return (await ask(page, `mutation($i: ${kind}!) { ${verb}(input: $i) { ${wanted} } }`, { i: input }))[verb];
}

/** Somebody of the demo signs in and takes up one more role, which the administrator's page gives; who they are. */
export async function joins(admin: Page, person: Page, account: Account, role: string): Promise<{ id: string; name: string }> {
  await login(person, account);
  const { accountId, displayName } = (await ask(person, '{ viewer { accountId displayName } }')).viewer;
  const input = { login: account, displayName, roles: [role] };
  const made = await does(admin, 'inviteMember', 'InviteMemberInput', input, 'link { token }');
  const taken = { token: made.link.token, password: PASSWORD };
  await does(person, 'acceptInvitation', 'AcceptInvitationInput', taken, 'accountId');
  return { id: accountId, name: displayName };
}

/** Plans a round from 2 to 13 March; its id. */
export async function planned(admin: Page, kind: string, name: string): Promise<string> {
  const { forms } = (await ask(admin, '{ campaignChoices { forms { id kind } } }')).campaignChoices;
  const wanted = kind === 'THIRD_PARTY' ? 'THIRD_PARTY' : 'CONDUCT';
  const form = forms.find((row: Row) => row.kind === wanted).id;
  const days = { startsOn: '2026-03-02', endsOn: '2026-03-13' };
  const input = { kind, form, name, ...days, briefing: '请逐项对照评价表，实事求是。' };
  return (await does(admin, 'planCampaign', 'PlanCampaignInput', input)).id;
}

/** How often a round was changed. */
export async function version(admin: Page, id: string): Promise<number> {
  const found = await ask(admin, 'query($id: CampaignId!) { campaign(id: $id) { campaign { version } } }', { id });
  return found.campaign.campaign.version;
}

/** Opens the page's dialog by a button, fills it in and sends it. */
export async function act(page: Page, button: Locator, fill: (dialog: Locator) => Promise<void> = async () => {}): Promise<void> {
  await button.click();
  const shown = page.getByRole('dialog');
  await expect(shown.locator('button[type="submit"]')).toBeVisible();
  await fill(shown);
  await shown.locator('button[type="submit"]').click();
  await expect(shown).toBeHidden();
}

/** Chooses from a list by what it shows, once that has come. */
export async function choose(part: Locator, name: string, text: RegExp): Promise<void> {
  const select = part.locator(`select[name="${name}"]`);
  const option = select.locator('option').filter({ hasText: text }).first();
  await expect(option).toHaveCount(1);
  await select.selectOption((await option.getAttribute('value'))!);
}

/** Works a remark through: it becomes a task. */
export async function classify(page: Page, text: string): Promise<void> {
  const remark = page.locator('[data-remark]').filter({ hasText: text });
  await act(page, remark.getByRole('button', { name: '办理' }), async (dialog) => {
    await choose(dialog, 'category', /工作区域/);
    await dialog.getByLabel('列入整改').check();
    await dialog.locator('select[name="cause"]').selectOption({ index: 1 });
    await dialog.locator('[name="reply"]').fill('已列入整改。');
  });
  await expect(remark).toHaveAttribute('data-remark', 'task');
}
