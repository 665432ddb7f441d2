// A case goes to the city: supervision puts it there, a clerk opens it for a reason, answers, and supervision reads it.
import { axe, enter, expect, login, shot, test } from './fixtures';
import { act, actionButton, file, fits, openCase } from './steps';

const WHY = '涉及公安分局，中心多次协调未果。';
const REASON = '核实是否需要市级部门协调。';
const WORDS = '请于三个工作日内会同公安分局答复群众，并报办理结果。';

test('supervision puts a case before the city, which opens it for a reason and answers', async ({ page, open }) => {
  const { number } = await file(await open());
  await enter(page, 'supervisor.shiqi');
  await openCase(page, number);
  await (await actionButton(page, 'refer')).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('[name="reason"]').fill('请联系投诉人13800009999');
  await dialog.locator('button[type="submit"]').click();
  await expect(dialog.getByText('请勿填写电话或证件号码').first()).toBeVisible();
  await axe(page);
  await shot(page, 'desk-refer', false);
  await dialog.locator('[name="reason"]').fill(WHY);
  await dialog.locator('button[type="submit"]').click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('已提请市级督办，等待答复').first()).toBeVisible();

  const city = await open();
  await login(city, 'city.zhongshan');
  await city.getByRole('link', { name: '提级督办' }).click();
  const card = city.locator(`[data-referral="${number}"]`);
  await expect(card).toContainText(WHY);
  await axe(city);
  await shot(city, 'desk-referrals');
  await card.getByRole('link', { name: number }).click();
  await expect(city.getByText('尚未查阅')).toBeVisible();
  await expect(city.getByText('社保卡')).toHaveCount(0);
  await shot(city, 'desk-referral-closed');
  await city.getByRole('button', { name: '查阅这件投诉' }).click();
  const why = city.getByRole('dialog');
  await why.locator('button[type="submit"]').click();
  await expect(why.getByText('此项不能为空。').first()).toBeVisible();
  await axe(city);
  // The keyboard alone suffices.
  await why.locator('[name="reason"]').fill(REASON);
  await city.keyboard.press('Tab');
  await city.keyboard.press('Enter');
  await expect(city.getByText('社保卡').first()).toBeVisible();
  await expect(city.getByText('138****9999')).toBeVisible();
  await axe(city);
  await shot(city, 'desk-referral');
  await city.getByRole('button', { name: '查看', exact: true }).click();
  await why.locator('[name="reason"]').fill('电话核实经过。');
  await why.locator('button[type="submit"]').click();
  await expect(city.getByText('13800009999')).toBeVisible();
  await expect(why).toBeHidden();
  await city.locator('[name="text"]').fill(WORDS);
  await city.getByRole('button', { name: '提交督办意见' }).click();
  await expect(city.getByText('督办意见已发给中心。')).toBeVisible();
  await expect(city.getByText('社保卡')).toHaveCount(0);
  await shot(city, 'desk-referral-answered');

  await page.reload();
  await expect(page.getByRole('listitem').filter({ hasText: WORDS }).first()).toContainText('市级督办意见');
  await expect(page.getByRole('listitem').filter({ hasText: REASON }).first()).toContainText('市级查阅');
  await page.getByRole('button', { name: /提醒/ }).first().click();
  await expect(page.getByText('市级查看个人信息').first()).toBeVisible();
});

test('the referred cases fit a phone in both languages, and an empty list says so', async ({ open }) => {
  const { number } = await file(await open());
  for (const [locale, language] of [['zh-CN', 'zh'], ['en-US', 'en']] as const) {
    const page = await open({ viewport: { width: 320, height: 640 }, locale });
    // The second clerk takes the case over from the first.
    await enter(page, language === 'zh' ? 'city.zhongshan' : 'city2.zhongshan');
    await page.goto('/desk/referrals');
    // What the demo's lateness has put there waits already; nothing is answered yet.
    await page.locator('[role="group"] button').nth(1).click();
    await expect(page.locator('.empty')).toBeVisible();
    await shot(page, `phone-${language}-referrals-empty`);
    await page.locator('[role="group"] button').nth(0).click();
    if (language === 'zh') {
      const officer = await open();
      await enter(officer, 'supervisor.shiqi');
      await openCase(officer, number);
      await act(officer, 'refer', { reason: WHY });
      await page.reload();
    }
    await expect(page.locator(`[data-referral="${number}"]`)).toBeVisible();
    await axe(page);
    await fits(page);
    await shot(page, `phone-${language}-referrals`);
    await page.getByRole('link', { name: number }).click();
    await page.locator('main .btn-primary').click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('[name="reason"]').fill(REASON);
    await axe(page);
    await shot(page, `phone-${language}-referral-open`, false);
    await dialog.locator('button[type="submit"]').click();
    await expect(page.locator('.log')).toBeVisible();
    await axe(page);
    await fits(page);
    await shot(page, `phone-${language}-referral`);
  }
});
