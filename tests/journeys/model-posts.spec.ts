// Model posts: a ledger kept on a phone, a share that will fall, a title that is reviewed, the ledger on paper.
import { inflateSync } from 'node:zlib';
import type { Locator, Page } from '@playwright/test';
import { axe, enter, expect, login, shot, test } from './fixtures';
import { fits } from './steps';

const card = (page: Page, code: string): Locator => page.locator(`[data-post="${code}"]`);
const gap = (page: Page, text: string | RegExp): Locator => page.locator('[data-gap]').filter({ hasText: text });
const VOLUNTEERING = /志愿服务：2026年已有 0 条/;

/** Fills in the open dialog and sends it. */
async function send(page: Page, fields: Record<string, string>, choices: string[] = []): Promise<void> {
  const shown = page.getByRole('dialog');
  await expect(shown).toBeVisible();
  for (const choice of choices) await shown.getByText(choice, { exact: true }).click();
  for (const [name, value] of Object.entries(fields)) {
    const field = shown.locator(`[name="${name}"]`);
    const tag = await field.evaluate((element) => element.tagName);
    if (tag === 'SELECT') await field.selectOption(value);
    else await field.fill(value);
  }
  await shown.locator('button[type="submit"]').click();
  await expect(shown).toBeHidden();
}

/** Brings every gap to light, also those that are far ahead. */
async function unfold(page: Page): Promise<void> {
  await expect(page.locator('.gap-cards')).toBeVisible();
  for (const more of await page.locator('.gap-cards details.more:not([open]) > summary').all()) await more.click();
}

test.describe('a ledger', () => {
  // A file that is refused is an answer with a status of its own, which the browser reports.
  test.use({ allowedProblems: [/status of 422/] });

  test('the keeper of the youth post adds evidence with a photo from a phone, it is sent back, mended and approved, and the gap closes', async ({ open }) => {
    const keeper = await open({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
    await login(keeper, 'youth.shiqi');
    await expect(keeper).toHaveURL(/\/desk\/gaps/);
    // A keeper sees the posts of one kind.
    await expect(card(keeper, 'youth')).toBeVisible();
    await expect(card(keeper, 'women')).toHaveCount(0);
    await unfold(keeper);
    await expect(gap(keeper, VOLUNTEERING)).toContainText('2027-01-01 起将不达标');
    await fits(keeper);
    await shot(keeper, 'phone-gaps');
    await gap(keeper, VOLUNTEERING).getByRole('link', { name: '记入台账' }).click();

    await expect(keeper.locator('[name="activity"]')).toHaveValue('volunteering');
    const photo = await keeper.screenshot({ type: 'jpeg' });
    await keeper.locator('[name="title"]').fill('高考咨询点志愿服务');
    await keeper.locator('[name="happenedOn"]').fill('2026-02-27');
    await keeper.getByText('图片', { exact: true }).click();
    // What is no picture is refused in the keeper's language, and nothing that was typed is lost.
    const photos = keeper.locator('[name="files"]');
    await photos.setInputFiles({ name: '说明.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('并非图片') });
    await expect(keeper.getByText('只能上传照片（JPEG、PNG、WebP）、PDF、xlsx 和 docx 文件。')).toBeVisible();
    await keeper.getByRole('button', { name: '移除说明.jpg' }).click();
    await keeper.getByRole('button', { name: '保存并提交审核' }).click();
    await expect(keeper.getByText('请上传图片。').first()).toBeVisible();
    await expect(keeper.locator('[name="title"]')).toHaveValue('高考咨询点志愿服务');
    await photos.setInputFiles({ name: '现场.jpg', mimeType: 'image/jpeg', buffer: photo });
    const picture = keeper.locator('.uploads img');
    await expect(picture).toBeVisible();
    await expect.poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(0);
    await keeper.getByText('罗雨桐', { exact: true }).click();
    await axe(keeper);
    await fits(keeper);
    await shot(keeper, 'phone-ledger-form');
    // A phone that threw the page away while its camera was open brings all of it back.
    await keeper.reload();
    await expect(keeper.locator('[name="title"]')).toHaveValue('高考咨询点志愿服务');
    await expect(keeper.locator('.uploads li')).toContainText('现场.jpg');
    await keeper.getByRole('button', { name: '保存并提交审核' }).click();
    await expect(keeper.getByRole('heading', { level: 1, name: '高考咨询点志愿服务' })).toBeVisible();
    await expect(keeper.getByText('待审核').first()).toBeVisible();
    await expect(keeper.locator('[data-action]')).toHaveCount(0);
    await axe(keeper);
    await shot(keeper, 'phone-ledger-entry');

    const lead = await open();
    await enter(lead, 'lead.shiqi');
    await lead.goto('/desk/ledgers');
    const waiting = lead.locator('[data-entry="高考咨询点志愿服务"]');
    await expect(waiting.locator('img')).toBeVisible();
    await axe(lead);
    await shot(lead, 'ledger-queue');
    await waiting.getByRole('button', { name: '退回' }).click();
    const reason = '请写明服务对象和人次。';
    await send(lead, { reason });
    await expect(waiting).toHaveCount(0);

    await keeper.reload();
    await expect(keeper.getByText(reason)).toBeVisible();
    await keeper.getByRole('link', { name: '修改' }).click();
    await keeper.locator('[name="detail"]').fill('为考生和家长解答报名问题，共四十六人次。');
    await keeper.getByRole('button', { name: '保存并提交审核' }).click();
    await expect(keeper.getByText('待审核').first()).toBeVisible();
    await lead.reload();
    await waiting.getByRole('button', { name: '通过' }).click();
    await expect(waiting).toHaveCount(0);

    await keeper.goto('/desk/gaps');
    await unfold(keeper);
    await expect(gap(keeper, /信用建设|技能考核/).first()).toBeVisible();
    await expect(gap(keeper, VOLUNTEERING)).toHaveCount(0);
  });
});

test('a staffing change drops the share of women, and the page of the post says from which day', async ({ page }) => {
  await enter(page, 'admin.shiqi');
  await page.goto('/desk/posts');
  await card(page, 'women').getByRole('link').click();
  await expect(page.getByRole('heading', { name: '示范岗称号' })).toBeVisible();
  await expect(page.locator('[data-gap="look_failed"]')).toBeVisible();
  await expect(page.locator('[data-gap="women_share"]')).toHaveCount(0);
  // Three of five are women. One of them will be somewhere else from the sixteenth.
  await page.locator('.person-role', { hasText: '曾慧玲' }).getByRole('button', { name: '结束上岗' }).click();
  await send(page, { until: '2026-03-15' });
  const share = page.locator('[data-gap="women_share"]');
  await expect(share).toContainText('2 / 4 人，至少需要 3 人');
  await expect(share).toContainText('2026-03-16 起将不达标');
  await axe(page);
  await shot(page, 'model-post-of-post');

  await page.getByRole('link', { name: '查看称号' }).click();
  await expect(page.locator('[data-share="low"]')).toContainText('2026-03-16 起降至 50%');
  await axe(page);
  await shot(page, 'model-title');
  // The plaque was hidden; somebody has put it right, and an administrator may not write that down.
  await expect(page.getByRole('button', { name: '登记检查' })).toHaveCount(0);
});

test('a held title is reviewed: begun, assessed and decided by three people', async ({ page, open }) => {
  await enter(page, 'youth.shiqi');
  await page.goto('/desk/model-posts');
  await axe(page);
  await shot(page, 'model-titles');
  await card(page, 'youth').getByRole('link', { name: '青年文明岗' }).click();
  // A look that was overdue is made good.
  await expect(page.locator('[data-gap="look_due"]').filter({ hasText: '挂牌服务' })).toContainText('起不达标');
  await page.locator('[data-check="name_plates"]').getByRole('button').click();
  await send(page, {}, ['符合']);
  await expect(page.locator('[data-gap="look_due"]').filter({ hasText: '挂牌服务' })).toHaveCount(0);
  await page.locator('[data-action="begin_review"]').click();
  await send(page, { note: '创建满半年，申请复核。' });
  await expect(page.locator('.track [aria-current="step"]')).toContainText('复核中');
  // Whoever began it does nothing more; the page says who goes on.
  await expect(page.getByText('岗位负责人或中心管理员')).toBeVisible();

  const lead = await open();
  await enter(lead, 'lead.shiqi');
  await lead.goto(page.url());
  await lead.locator('[data-action="assess"]').click();
  await send(lead, { stars: '4', note: '台账齐全，培训到位。' });
  const admin = await open();
  await enter(admin, 'admin.shiqi');
  await admin.goto(page.url());
  await expect(admin.locator('[data-action="retain"]')).toBeVisible();
  await shot(admin, 'model-title-decide');
  await admin.locator('[data-action="warn"]').click();
  const dialog = admin.getByRole('dialog');
  await dialog.locator('[name="until"]').fill('2027-03-02');
  await dialog.locator('[name="note"]').fill('请补齐资料。');
  await dialog.locator('button[type="submit"]').click();
  // What the rules refuse is said in the viewer's language, with the last day that they allow.
  await expect(dialog.getByText('整改期限须在今天之后、2026-09-02之前（含当日）。').first()).toBeVisible();
  await dialog.getByRole('button', { name: '关闭', exact: true }).click();
  await admin.locator('[data-action="change_stars"]').click();
  await send(admin, {});
  await expect(admin.locator('.track [aria-current="step"]')).toContainText('已调整星级');
  await expect(admin.locator('.stars').first()).toContainText('4 星');
  await axe(admin);
});

test('an objection to a title on public notice is taken by supervision and settled by the administrator', async ({ page, open }) => {
  await enter(page, 'admin.shiqi');
  await page.goto('/desk/model-posts');
  await card(page, 'party').getByRole('link', { name: '党员先锋岗' }).click();
  await page.locator('[data-action="review"]').click();
  await page.getByRole('dialog').locator('button[type="submit"]').click();
  await expect(page.getByRole('dialog').getByText('请填写0至100分的评审分数。').first()).toBeVisible();
  await send(page, { score: '86', note: '条件符合。' });
  await page.locator('[data-action="publicise"]').click();
  await send(page, {});
  await expect(page.locator('.desk-facts')).toContainText('2026-03-09');

  const supervisor = await open();
  await enter(supervisor, 'supervisor.shiqi');
  await supervisor.goto(page.url());
  await supervisor.locator('[data-action="object"]').click();
  await send(supervisor, { text: '来电反映该窗口二月有一次无人值守。' });
  await expect(supervisor.getByText('来电反映该窗口二月有一次无人值守。')).toBeVisible();
  await page.reload();
  await page.locator('[data-action="settle"]').click();
  await send(page, { answer: '经核实，当日为集中培训，已提前公告并安排顶岗。' }, ['异议不成立']);
  await expect(page.getByText('经核实，当日为集中培训')).toBeVisible();
  await axe(page);
  await shot(page, 'model-title-objection');
});

test('the ledger prints as one document of A4 pages with text that can be selected', async ({ page }) => {
  await enter(page, 'youth.shiqi');
  await page.goto('/desk/model-posts');
  await card(page, 'youth').getByRole('link', { name: '创建台账' }).click();
  await axe(page);
  await shot(page, 'ledger');
  await page.getByRole('link', { name: '打印' }).click();
  await expect(page.locator('.print-entry').first()).toBeVisible();
  await axe(page);
  await shot(page, 'ledger-print');
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.desk-header')).toBeHidden();
  await expect(page.locator('.print-cover')).toContainText('青年文明岗');
  // What was not approved is no part of it.
  const titles = await page.locator('.print-entry h3').allInnerTexts();
  expect(titles).toHaveLength(7);
  expect(titles.join()).not.toContain('岗位月度例会');
  await expect(page.locator('.print-document')).toContainText('现场检查结果');
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const plain = pdf.toString('latin1');
  // Cover, index, entries, checks.
  expect(plain.match(/\/Type\s*\/Page\b(?!s)/g)?.length).toBeGreaterThanOrEqual(4);
  expect(plain).toMatch(/\/MediaBox \[0 0 59[45](\.\d+)? 84[12]/);
  const maps = unicodeMaps(pdf);
  // None of these is a radical as well: fonts draw both with one glyph, and the PDF then names the radical.
  for (const character of '年明岗录台账培训') {
    const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
    expect(maps, character).toContain(code);
  }
});

/** What the fonts of a PDF say which characters their glyphs are: the tables by which text is selected and copied. */
function unicodeMaps(pdf: Buffer): string {
  const maps: string[] = [];
  let at = 0;
  for (;;) {
    const begin = pdf.indexOf('stream\n', at);
    if (begin < 0) return maps.join('\n').toUpperCase();
    const end = pdf.indexOf('endstream', begin);
    try {
      const text = inflateSync(pdf.subarray(begin + 'stream\n'.length, end)).toString('latin1');
      if (text.includes('beginbf')) maps.push(text);
    } catch {
      // A picture, or a font itself.
    }
    at = end + 'endstream'.length;
  }
}

for (const locale of ['zh-CN', 'en-US'] as const) {
  test(`model posts fit a phone, ${locale}`, async ({ open }) => {
    const name = `phone-${locale.slice(0, 2)}`;
    const page = await open({ viewport: { width: 320, height: 640 }, locale });
    await login(page, 'lead.shiqi');
    const look = async (part: string, found: string) => {
      await expect(page.locator(found).first()).toBeVisible();
      await axe(page);
      await fits(page);
      await shot(page, `${name}-${part}`);
    };
    await page.goto('/desk/gaps');
    await look('gaps', '.gap-cards');
    await page.goto('/desk/gaps?kind=women');
    await expect(page.locator('.gap-cards > li')).toHaveCount(1);
    await page.goto('/desk/model-posts');
    await look('model-titles', '.board');
    await card(page, 'youth').locator('h2 a').click();
    await look('model-title', '.track');
    await page.goto('/desk/ledgers');
    await look('ledger-queue', '[data-entry]');
    await page.locator('[data-entry] h2 a').first().click();
    await look('ledger-entry', '[data-action]');
    await page.locator('a.back').click();
    await look('ledger', '[data-entry]');
    await page.locator('a[href$="/print"]').click();
    await look('ledger-print', '.print-entry');

    const keeper = await open({ viewport: { width: 320, height: 640 }, locale });
    await login(keeper, 'women.shiqi');
    await expect(keeper.locator('.gap-cards > li')).toHaveCount(1);
    await card(keeper, 'women').locator('a[href*="/desk/ledgers/"]').last().click();
    await keeper.locator('a[href$="/new"]').click();
    await expect(keeper.locator('[name="title"]')).toBeVisible();
    await axe(keeper);
    await fits(keeper);
    await shot(keeper, `${name}-ledger-new`);
  });
}
