// A patrol inspector walks through the hall with a phone: what is found is taken down with its time, its place and a photo,
// and neither a lost network nor a reload loses it; where something newer was sent from another phone, they choose.
import type { Page } from '@playwright/test';
import { axe, expect, login, shot, test, type Open } from './fixtures';
import { ask, does, joins, PHONE, planned, version } from './rounds';
import { fits } from './steps';

const ROUND = '三月现场评价';
const NOTE = '叫到号后没有抬头，也没有打招呼。';
const MORE = `${NOTE}等了两分钟才开口。`;
const ELSEWHERE = '另一台手机上写的。';
/** On the phone; the server's clock stands a little earlier. */
const WALK = new Date('2026-03-02T09:35:00+08:00');

// Without a network the browser says so of whatever the page asks for.
test.use({ allowedProblems: [/ERR_INTERNET_DISCONNECTED/] });

/** A round about two posts with one inspector, who has it open on a phone. */
async function prepare(page: Page, open: Open): Promise<{ phone: Page; round: string }> {
  await login(page, 'admin.shiqi');
  const round = await planned(page, 'ON_SITE', ROUND);
  const phone = await open(PHONE);
  await phone.clock.setFixedTime(WALK);
  const { id } = await joins(page, phone, 'coordinator.shiqi', 'PATROL_INSPECTOR');
  const { posts } = (await ask(page, '{ campaignChoices { posts { id } } }')).campaignChoices;
  const targets = [{ post: posts[0].id }, { post: posts[1].id }];
  const input = { id: round, version: await version(page, round), targets };
  await does(page, 'setCampaignTargets', 'SetCampaignTargetsInput', input);
  const rater = { id: round, version: await version(page, round), account: id };
  await does(page, 'nameCampaignRater', 'NameCampaignRaterInput', rater);
  await does(page, 'openCampaign', 'SeenCampaignInput', { id: round, version: await version(page, round) });
  await phone.goto(`/evaluate?round=${round}`);
  await expect(phone.locator('[data-task="none"]')).toHaveCount(2);
  return { phone, round };
}

/** Opens a form that is not handed in, and its first dimension. */
async function begin(phone: Page): Promise<void> {
  await phone.locator('[data-task="none"] a').first().click();
  await phone.locator('details.sheet').first().locator('summary').click();
}

const greeting = (phone: Page, field: string) => phone.locator(`[name="content.greeting.${field}"]`);

/** What the server has of the form that was begun first. */
async function draft(phone: Page, round: string) {
  const query = 'query($id: CampaignId!) { ratingRound(id: $id) { formVersion tasks { id status version content } } }';
  const { formVersion, tasks } = (await ask(phone, query, { id: round })).ratingRound;
  return { form: formVersion, ...tasks.find((task: { status: string | null }) => task.status !== null) };
}

/** What this phone keeps of forms. */
function kept(phone: Page): Promise<string[]> {
  return phone.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('sheet:')));
}

/** How many photos this phone keeps. */
function photos(phone: Page): Promise<number> {
  return phone.evaluate(async () => {
    const open = indexedDB.open('sheets');
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      open.onsuccess = () => resolve(open.result);
      open.onerror = () => reject(open.error);
    });
    const count = database.transaction('photos').objectStore('photos').count();
    const found = await new Promise<number>((resolve) => (count.onsuccess = () => resolve(count.result)));
    database.close();
    return found;
  });
}

/** Nothing that is saved gets through, as where there is hardly a network; everything else does. */
async function deaf(phone: Page): Promise<void> {
  await phone.route('**/graphql', (route) =>
    /saveBallot/.test(route.request().postData() ?? '') ? route.abort('internetdisconnected') : route.continue(),
  );
}

test('findings are taken down on the spot, kept without a network, and sent when it is back', async ({ page, open }) => {
  test.slow();
  const { phone, round } = await prepare(page, open);
  await begin(phone);
  await expect(phone.locator('main')).toContainText('断网时拍的照片存在本机');
  await phone.locator('[data-item="greeting"]').getByRole('checkbox').check();
  await expect(greeting(phone, 'on'), 'the day').toHaveValue('2026-03-02');
  await expect(greeting(phone, 'time'), 'the time').toHaveValue('09:35');
  await expect(greeting(phone, 'place'), 'where the post is').not.toHaveValue('');
  await expect(phone.locator('[data-kept="unsent"]')).toBeVisible();

  // The network goes. Words and a photo are taken down all the same, and saving says why it does not.
  await phone.context().setOffline(true);
  await greeting(phone, 'note').fill(NOTE);
  const buffer = await page.screenshot({ type: 'jpeg' });
  await greeting(phone, 'files').setInputFiles({ name: '现场.jpg', mimeType: 'image/jpeg', buffer });
  await expect(phone.locator('.upload .field-error')).toContainText('网络连接不上');
  await phone.getByRole('button', { name: '保存', exact: true }).click();
  await expect(phone.getByRole('alert').first()).toBeVisible();
  await expect(phone.locator('[data-kept="unsent"]')).toContainText('尚未发送');
  expect(await kept(phone)).toHaveLength(1);
  await axe(phone);
  await fits(phone);
  await shot(phone, 'phone-zh-on-site-offline');

  // It is back: nobody presses anything.
  await phone.context().setOffline(false);
  await expect(phone.locator('.upload-picture')).toBeVisible();
  await expect(phone.getByText('已保存，可以下次接着填。')).toBeVisible();
  await expect(phone.locator('[data-kept="unsent"]')).toHaveCount(0);
  expect(await kept(phone)).toEqual([]);
  const [finding] = (await draft(phone, round)).content.findings;
  expect(finding).toMatchObject({ item: 'greeting', on: '2026-03-02', time: '09:35', note: NOTE });
  expect(finding.files).toHaveLength(1);

  await phone.getByRole('button', { name: '提交', exact: true }).click();
  await expect(phone.locator('[data-task="handed_in"]')).toHaveCount(1);
  expect(await kept(phone)).toEqual([]);
  await page.goto(`/desk/campaigns/${round}`);
  await expect(page.locator('#round-forms')).toContainText('1份');
  await page.locator('#round-forms + details summary').click();
  await expect(page.locator('main')).toContainText(NOTE);
  await expect(page.locator('main')).toContainText('2026-03-02 · 09:35');
  await axe(page);
});

test('photos taken without a network outlive a reload, and arrive by themselves', async ({ page, open }) => {
  test.slow();
  const { phone, round } = await prepare(page, open);
  await begin(phone);
  await phone.locator('[data-item="greeting"]').getByRole('checkbox').check();
  await greeting(phone, 'note').fill(NOTE);
  // The page loads, but nothing that is sent arrives.
  await deaf(phone);
  await phone.route('**/files', (route) => route.abort('internetdisconnected'));
  const buffer = await page.screenshot({ type: 'jpeg' });
  const photo = (name: string) => ({ name, mimeType: 'image/jpeg', buffer });
  await greeting(phone, 'files').setInputFiles([photo('门口.jpg'), photo('柜台.jpg')]);
  const waiting = phone.locator('.upload .field-error');
  await expect(waiting).toHaveCount(2);
  // Before the disk has them, a reload may lose them.
  await expect.poll(() => photos(phone)).toBe(2);
  await phone.reload();
  await expect(waiting).toHaveCount(2);
  await expect(phone.locator('.uploads')).toContainText('门口.jpg');
  // One that is taken out does not come back.
  await phone.getByRole('button', { name: /柜台\.jpg/ }).click();
  await expect(waiting).toHaveCount(1);
  await expect.poll(() => photos(phone)).toBe(1);
  await phone.reload();
  await expect(waiting).toHaveCount(1);
  await expect(phone.locator('.uploads')).not.toContainText('柜台.jpg');
  await axe(phone);
  await fits(phone);
  await shot(phone, 'phone-zh-on-site-photos');

  // With a network, whoever opens the page again presses nothing.
  await phone.unrouteAll({ behavior: 'wait' });
  await phone.reload();
  await expect(phone.locator('.upload-picture')).toBeVisible();
  await expect(phone.locator('[data-kept="unsent"]')).toHaveCount(0);
  await expect.poll(async () => (await draft(phone, round)).content.findings[0]?.files.length).toBe(1);
  await expect.poll(() => photos(phone), 'what has arrived is kept no longer').toBe(0);
});

test('a reload loses nothing, what is newer is not written over, and nothing stays after signing out', async ({ page, open }) => {
  test.slow();
  const { phone, round } = await prepare(page, open);
  await begin(phone);
  await phone.locator('[data-item="greeting"]').getByRole('checkbox').check();
  await greeting(phone, 'note').fill(NOTE);
  await phone.getByRole('button', { name: '保存', exact: true }).click();
  await expect(phone.getByText('已保存，可以下次接着填。')).toBeVisible();

  // Typed with hardly a network, and reloaded.
  await deaf(phone);
  await greeting(phone, 'note').fill(MORE);
  await expect(phone.locator('[data-kept="unsent"]')).toBeVisible();
  await phone.reload();
  await expect(greeting(phone, 'note')).toHaveValue(MORE);
  await expect(phone.locator('[data-kept="unsent"]')).toBeVisible();

  // Another phone of theirs sends something in the meantime.
  const other = await open(PHONE);
  await login(other, 'coordinator.shiqi');
  const { id, form, version: number, content } = await draft(other, round);
  expect(content.findings[0].note).toBe(NOTE);
  content.findings[0].note = ELSEWHERE;
  await does(other, 'saveBallot', 'BallotInput', { target: id, version: number, form, files: [], content }, 'version');
  await phone.reload();
  const newer = phone.locator('[data-kept="newer"]');
  await expect(newer).toContainText('别处已保存了较新的内容');
  expect((await draft(other, round)).content.findings[0].note, 'nothing was written over').toBe(ELSEWHERE);
  await axe(phone);
  await fits(phone);
  await shot(phone, 'phone-zh-on-site-newer');
  await phone.unroute('**/graphql');
  await newer.getByRole('button', { name: '用本机上的内容' }).click();
  await expect(greeting(phone, 'note')).toHaveValue(MORE);
  await expect(phone.getByText('已保存，可以下次接着填。')).toBeVisible();
  expect((await draft(other, round)).content.findings[0].note).toBe(MORE);

  // The other form waits on the phone; the list says so, and so does the way out, which clears it.
  await deaf(phone);
  await phone.getByRole('link', { name: '返回评价清单' }).click();
  await begin(phone);
  await phone.locator('[data-item="greeting"]').getByRole('checkbox').check();
  await expect(phone.locator('[data-kept="unsent"]')).toBeVisible();
  await phone.getByRole('link', { name: '返回评价清单' }).click();
  await expect(phone.locator('[data-task="none"]')).toContainText('存在本机，未发送');
  await phone.getByRole('link', { name: '返回首页' }).click();
  await expect(phone.locator('main')).toContainText('本机还有1份评价没有发送');
  expect(await kept(phone)).toHaveLength(1);
  await axe(phone);
  await fits(phone);
  await phone.getByRole('button', { name: '退出登录' }).click();
  await expect(phone.getByRole('status')).toContainText('您已退出登录');
  expect(await kept(phone)).toEqual([]);
});
