// A third-party agency hands in its yearly evaluation, and the center checks the facts: contract, plan, sample, field work,
// draft, check, answer, the report as it stays, what becomes of its advice.
import type { Page } from '@playwright/test';
import { axe, expect, login, shot, test } from './fixtures';
import { act, ask, CHOSEN, classify, does, PHONE, planned } from './rounds';
import { fits } from './steps';

const ROUND = '2026年度第三方评价';
const INDICATORS = [
  'environment', 'waiting', 'barrier-free', 'items', 'guides', 'devices',
  'online', 'promises', 'mechanisms', 'interviews', 'visits', 'complaints',
];
const RIGHT = { text: '等候区有座椅40个，无叫号屏。', advice: '在等候区增设叫号屏。' };
const WRONG = { text: '3月2日上午1号窗口无人值守10分钟。', advice: '午间和会议时段安排替班。' };
const CORRECTED = '3月2日上午1号窗口由2号窗口代办10分钟。';

/** Where the report is, on either side's page. */
async function stands(page: Page, status: string): Promise<void> {
  await expect(page.locator('[data-report-status]')).toHaveAttribute('data-report-status', status);
}

/** Puts a picture where files of the report's section go. */
async function attach(page: Page, name: string): Promise<void> {
  const buffer = await page.screenshot({ type: 'jpeg' });
  const part = page.locator('[data-report-status]');
  await part.locator('input[name="files"]').setInputFiles({ name, mimeType: 'image/jpeg', buffer });
  await expect(part.locator('form .upload-picture').last()).toBeVisible();
}

/** The agency's lead is invited, chooses a password and takes part. */
async function comes(admin: Page, lead: Page, round: string): Promise<void> {
  const days = { validFrom: '2026-03-02', validUntil: '2026-03-31' };
  const input = { login: 'agency.wu', displayName: '吴评价', roles: ['THIRD_PARTY_LEAD'], campaignId: round, ...days };
  const { link } = await does(admin, 'inviteMember', 'InviteMemberInput', input, 'link { token }');
  await lead.goto(`/evaluate#${link.token}`);
  await lead.locator('[name="password"]').fill(CHOSEN);
  await lead.locator('[name="again"]').fill(CHOSEN);
  await lead.locator('button[type="submit"]').click();
  await lead.getByRole('link', { name: '查看邀请并答复' }).click();
  await lead.getByRole('button', { name: '我已阅读，参加评价' }).click();
}

/** Rates one target by every indicator, and hands it in. */
async function rates(lead: Page, points: string, done: number): Promise<void> {
  await lead.locator('[data-task="none"] a').first().click();
  for (const code of INDICATORS) await lead.locator(`[name="content.points.${code}"]`).fill(points);
  if (done === 1) {
    await axe(lead);
    await fits(lead);
    await shot(lead, 'phone-zh-third-party-form');
  }
  await lead.getByRole('button', { name: '提交', exact: true }).click();
  await expect(lead.locator('[data-task="handed_in"]')).toHaveCount(done);
}

/** Writes a fact about the first target into the draft. */
async function writes(lead: Page, fact: { text: string; advice: string }, count: number): Promise<void> {
  const part = lead.locator('[data-report-status]');
  await part.locator('select[name="target"]').selectOption({ index: 1 });
  await part.locator('[name="text"]').fill(fact.text);
  await part.locator('[name="advice"]').fill(fact.advice);
  await part.getByRole('button', { name: '写入事实' }).click();
  await expect(lead.locator('[data-fact="none"]')).toHaveCount(count);
}

test('an agency hands in its yearly evaluation, and the center checks the facts', async ({ page, open }) => {
  test.slow();
  await login(page, 'admin.shiqi');
  const round = await planned(page, 'THIRD_PARTY', ROUND);
  await page.goto(`/desk/campaigns/${round}`);
  await act(page, page.getByRole('button', { name: '选定评价对象' }), async (dialog) => {
    await dialog.getByRole('group', { name: '整个中心', exact: true }).getByRole('checkbox').check();
    await dialog.getByRole('group', { name: '岗位', exact: true }).getByRole('checkbox').first().check();
  });
  await stands(page, 'none');
  await act(page, page.locator('[data-report="sign"]'), async (dialog) => {
    await dialog.locator('[name="agency"]').fill('岭南公共服务评估中心');
    await dialog.locator('[name="number"]').fill('石岐采〔2026〕7号');
    await dialog.locator('[name="signedOn"]').fill('2026-02-25');
    await axe(page, 'dialog');
    await shot(page, 'desk-third-party-contract');
  });
  await stands(page, 'contract');

  // The lead: a statement and a plan. Of what others gave, or what anything came to, nothing is open to an agency.
  const lead = await open(PHONE);
  await comes(page, lead, round);
  await stands(lead, 'contract');
  const asked = await lead.request.post('/graphql', {
    headers: { 'x-requested-with': 'gangping', 'sec-fetch-site': 'same-origin' },
    data: { query: '{ campaignResults { formNumber } }' },
  });
  expect((await asked.json()).errors[0].extensions.code).toBe('FORBIDDEN');
  await lead.locator('[name="statement"]').fill('本机构及评价人员与评价对象没有利害关系。');
  await lead.locator('[name="plan"]').fill('12项指标，暗访两周，访谈办事人40位。');
  await attach(lead, '评价方案.jpg');
  await axe(lead);
  await fits(lead);
  await shot(lead, 'phone-zh-third-party-plan');
  await lead.getByRole('button', { name: '提交方案' }).click();
  await stands(lead, 'plan_submitted');

  await page.reload();
  await expect(page.locator('main')).toContainText('没有利害关系');
  await act(page, page.locator('[data-report="approve_plan"]'));
  await stands(page, 'plan_approved');
  await act(page, page.locator('[data-action="open"]'));
  await expect(page.locator('[data-action="close"]')).toBeVisible();

  // Sample, field work, and a form about each target.
  await lead.reload();
  await lead.locator('[name="sample"]').fill('一楼3个窗口，工作日上午、下午各20人次。');
  await lead.getByRole('button', { name: '确定样本' }).click();
  await stands(lead, 'sampling');
  await lead.locator('[data-report="begin_field_work"]').click();
  await stands(lead, 'field_work');
  await rates(lead, '90', 1);
  await rates(lead, '80', 2);
  await lead.locator('[data-report="end_field_work"]').click();
  await stands(lead, 'draft_report');

  // The draft: two facts, each with advice, and the report as a file.
  await writes(lead, RIGHT, 1);
  await writes(lead, WRONG, 2);
  await attach(lead, '年度报告（初稿）.jpg');
  await axe(lead);
  await fits(lead);
  await shot(lead, 'phone-zh-third-party-draft');
  await lead.getByRole('button', { name: '提交初稿' }).click();
  await stands(lead, 'fact_check');

  // The center has five working days. It agrees with one, and proves that the other is not so.
  await page.reload();
  await stands(page, 'fact_check');
  await expect(page.locator('main')).toContainText('中心核对事实的期限：2026-03-09');
  const right = page.locator('[data-fact]').filter({ hasText: RIGHT.text });
  const wrong = page.locator('[data-fact]').filter({ hasText: WRONG.text });
  await act(page, right.getByRole('button', { name: '核对事实' }), async (dialog) => {
    await dialog.getByLabel('属实', { exact: true }).check();
  });
  await expect(right).toHaveAttribute('data-fact', 'agrees');
  const photo = await page.screenshot({ type: 'jpeg' });
  await act(page, wrong.getByRole('button', { name: '核对事实' }), async (dialog) => {
    await dialog.getByLabel('有异议', { exact: true }).check();
    await dialog.locator('button[type="submit"]').click();
    await expect(dialog.getByRole('alert').first()).toContainText('佐证');
    await dialog.locator('[name="note"]').fill('当时由2号窗口代办，有监控录像。');
    const file = { name: '监控截图.jpg', mimeType: 'image/jpeg', buffer: photo };
    await dialog.locator('[name="files"]').setInputFiles(file);
    await expect(dialog.locator('.upload-picture')).toBeVisible();
    await axe(page, 'dialog');
    await shot(page, 'desk-third-party-check');
  });
  await expect(wrong).toHaveAttribute('data-fact', 'disagrees');
  await axe(page);
  await shot(page, 'desk-third-party');

  // The agency sees why, answers, and hands in the report as it stays.
  await lead.reload();
  const disputed = lead.locator('[data-fact="disagrees"]');
  await expect(disputed).toContainText('有监控录像');
  await expect(disputed.locator('.upload-picture')).toBeVisible();
  await lead.getByRole('button', { name: '报告定稿' }).click();
  await expect(lead.locator('[data-report-status] [role="alert"]').first(), 'not before it has answered').toBeVisible();
  await stands(lead, 'fact_check');
  await act(lead, disputed.getByRole('button', { name: '答复异议' }), async (dialog) => {
    await dialog.getByLabel('更正', { exact: true }).check();
    await dialog.locator('[name="note"]').fill('已核对录像。');
    await dialog.locator('[name="corrected"]').fill(CORRECTED);
    await axe(lead, 'dialog');
    await fits(lead);
    await shot(lead, 'phone-zh-third-party-answer');
  });
  await expect(disputed).toContainText(CORRECTED);
  await lead.getByRole('button', { name: '报告定稿' }).click();
  await stands(lead, 'final');

  // What it advises is worked through as everything that raters say; then the round is published, and the report with it.
  await page.reload();
  await stands(page, 'final');
  await act(page, page.locator('[data-action="close"]'));
  await classify(page, RIGHT.advice);
  await classify(page, CORRECTED);
  await act(page, page.locator('[data-action="publish"]'));
  await expect(page.locator('[data-step="published"]')).toBeVisible();
  await stands(page, 'published');
  await expect(page.locator('[data-mean="90"]')).toHaveCount(1);
  await expect(page.locator('[data-mean="80"]')).toHaveCount(1);
  await axe(page);
  await shot(page, 'desk-third-party-published');
  const reports = await ask(page, 'query($id: CampaignId!) { campaignReport(id: $id) { head { status } reportFiles { kind } } }', { id: round });
  expect(reports.campaignReport).toEqual({ head: { status: 'PUBLISHED' }, reportFiles: [{ kind: 'JPEG' }] });
  await lead.reload();
  await stands(lead, 'published');
  await expect(lead.locator('[data-remark="task"]')).toHaveCount(2);
});
