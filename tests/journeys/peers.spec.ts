// Peers in two groups: they rate each other on a phone without a name; of too small a group nobody is shown a mean, and of
// no single form does anybody learn whose it was.
import type { Page } from '@playwright/test';
import { axe, expect, login, shot, test, type Account } from './fixtures';
import { act, ask, choose, classify, does, joins, PHONE, planned, version } from './rounds';
import { fits } from './steps';

const ROUND = '第一季度互评';
const SAID = '窗口之间的材料交接单应当统一。';
const WINDOW = '窗口组';
const BACK = '后台组';
/** Who is on the list of the staff by which number. */
const PEERS: [Account, string, string][] = [
  ['staff.shiqi', 'S003', WINDOW],
  ['handler.shiqi', 'S011', WINDOW],
  ['lead.shiqi', 'S015', WINDOW],
  ['standard.shiqi', 'S017', WINDOW],
  ['party.shiqi', 'B001', BACK],
  ['women.shiqi', 'B002', BACK],
];

/** Hands in what is left to somebody, with nothing found. */
async function votes(page: Page, round: string): Promise<void> {
  const query = 'query($id: CampaignId!) { ratingRound(id: $id) { formVersion tasks { id version status } } }';
  const { formVersion, tasks } = (await ask(page, query, { id: round })).ratingRound;
  for (const task of tasks.filter((one: { status: string | null }) => one.status === null)) {
    const content = { kind: 'CONDUCT', findings: [], remarks: [] };
    const input = { target: task.id, version: task.version, form: formVersion, files: [], content };
    await does(page, 'handInBallot', 'BallotInput', input, 'status');
  }
}

test('peers rate each other in two groups, and nobody learns whose form is whose', async ({ page, open }) => {
  test.slow();
  await login(page, 'admin.shiqi');
  const round = await planned(page, 'PEER', ROUND);
  const pages: Page[] = [];
  for (const [account, number, pool] of PEERS) {
    const own = await open(PHONE);
    pages.push(own);
    const { id, name } = await joins(page, own, account, 'PEER_RATER');
    if (pool === BACK) {
      await does(page, 'addStaffMember', 'StaffInput', { staffNo: number, name, accountId: id });
    }
    // The last one through the page.
    if (account !== 'women.shiqi') {
      const input = { id: round, version: await version(page, round), account: id, pool };
      await does(page, 'nameCampaignRater', 'NameCampaignRaterInput', input);
    } else {
      await page.goto(`/desk/campaigns/${round}`);
      await act(page, page.getByRole('button', { name: '指定评价人' }), async (dialog) => {
        await choose(dialog, 'account', new RegExp(name));
        await dialog.locator('[name="pool"]').fill(pool);
        await axe(page, 'dialog');
        await shot(page, 'desk-peers-name');
      });
    }
  }
  await expect(page.locator('[data-rater="accepted"]')).toHaveCount(PEERS.length);
  await act(page, page.getByRole('button', { name: '选定评价对象' }), async (dialog) => {
    for (const [, number, pool] of PEERS) {
      await dialog.getByRole('checkbox', { name: new RegExp(`^${number} `) }).check();
      await dialog.getByRole('textbox', { name: new RegExp(`互评组: ${number} `) }).fill(pool);
    }
    await axe(page, 'dialog');
    await shot(page, 'desk-peers-targets');
  });
  await act(page, page.locator('[data-action="open"]'));
  await expect(page.locator('[data-action="close"]')).toBeVisible();

  // One of four, on a phone: three colleagues, neither oneself nor the other group.
  const phone = pages[0];
  await phone.goto('/evaluate');
  await phone.locator('[data-round="open"]').filter({ hasText: ROUND }).getByRole('link', { name: '进入评价' }).click();
  await expect(phone.getByRole('heading', { level: 1, name: ROUND })).toBeVisible();
  await expect(phone.locator('main')).toContainText('本次评价不记名');
  await expect(phone.locator('[data-task="none"]')).toHaveCount(3);
  await axe(phone);
  await fits(phone);
  await shot(phone, 'phone-zh-peers');
  await phone.locator('[data-task="none"] a').first().click();
  await phone.locator('details.sheet').first().locator('summary').click();
  const greeting = phone.locator('[data-item="greeting"]');
  await greeting.getByRole('checkbox').check();
  // A day, a place or a photo would tell who it was.
  await expect(greeting.locator('[name="content.greeting.note"]')).toBeVisible();
  for (const field of ['on', 'place', 'files']) {
    await expect(greeting.locator(`[name="content.greeting.${field}"]`)).toHaveCount(0);
  }
  await phone.getByRole('button', { name: '提一条建议' }).click();
  await phone.getByLabel('建议', { exact: true }).fill(SAID);
  // A secret vote leaves no trace on the phone either.
  await expect(phone.locator('[data-kept]')).toHaveCount(0);
  expect(await phone.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('sheet:')))).toEqual([]);
  await axe(phone);
  await fits(phone);
  await shot(phone, 'phone-zh-peers-form');
  await phone.getByRole('button', { name: '提交', exact: true }).click();
  await expect(phone.locator('[data-task="handed_in"]')).toHaveCount(1);
  for (const own of pages) await votes(own, round);

  // Until the end the organiser sees who has voted, and nothing else.
  await page.reload();
  await expect(page.locator('[data-rater="accepted"]')).toHaveCount(PEERS.length);
  await expect(page.locator('#round-forms')).toHaveCount(0);
  await expect(page.getByText(SAID)).toHaveCount(0);
  await act(page, page.locator('[data-action="close"]'));
  await expect(page.locator('[data-mean]')).toHaveCount(PEERS.length);
  await expect(page.locator('[data-mean=""]'), 'the group of two').toHaveCount(2);
  await expect(page.locator('[data-mean="99.67"]'), 'one point of one in three').toHaveCount(1);
  await expect(page.locator('main')).toContainText('2个对象不足3份，不显示平均分。');
  await expect(page.locator('#round-forms'), 'no single form').toHaveCount(0);
  const remark = page.locator('[data-remark]').filter({ hasText: SAID });
  await expect(remark).toBeVisible();
  await expect(remark, 'nor who said it').not.toContainText('互评人');
  await axe(page);
  await shot(page, 'desk-peers-closed');
  await classify(page, SAID);
  await act(page, page.locator('[data-action="publish"]'));
  await expect(page.locator('[data-step="published"]')).toBeVisible();

  // The rated read their own mean, and nobody else's; whoever voted finds nothing of their votes any more.
  await phone.goto('/desk/campaigns/results');
  await expect(phone.getByRole('heading', { level: 2, name: ROUND })).toBeVisible();
  const lines = phone.getByRole('region', { name: ROUND }).locator('.settings-list > li');
  await expect(lines).toHaveCount(1);
  await expect(lines).toContainText('100');
  await axe(phone);
  await fits(phone);
});
