// Who gets in, by what, and out again: links, second factors, two places, suspension.
import { createHmac } from 'node:crypto';
import { axe, expect, login, NOW, PASSWORD, shot, test } from './fixtures';
import { fits } from './steps';
import type { Page } from '@playwright/test';

const CHOSEN = 'paper lantern on the old pier';

/** The code of an authenticator (RFC 6238) at the server's clock, which began at NOW when the test's server did. */
function code(secret: string, started: number): string {
  const seconds = (Date.parse(NOW) + (Date.now() - started)) / 1000;
  const bits = [...secret.replace(/\s/g, '')].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0'));
  const bytes = bits.join('').match(/.{8}/g)!.map((byte) => parseInt(byte, 2));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(seconds / 30)));
  const mac = createHmac('sha1', Buffer.from(bytes)).update(counter).digest();
  const at = mac[19] & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** Invites somebody in the dialog of the members page and returns the link, which is shown once. */
async function invite(page: Page, account: string, name: string, role: string): Promise<string> {
  await page.goto('/desk/members');
  await page.getByRole('button', { name: '邀请人员' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('[name="login"]').fill(account);
  await dialog.locator('[name="displayName"]').fill(name);
  await dialog.getByLabel(role, { exact: true }).check();
  await dialog.locator('button[type="submit"]').click();
  return shownLink(page);
}

async function shownLink(page: Page): Promise<string> {
  const dialog = page.getByRole('dialog', { name: '请交给本人' });
  const link = await dialog.locator('.address').innerText();
  expect(link).toMatch(/\/desk\/invitation#[0-9a-f]{64}$/);
  await axe(page);
  await dialog.getByRole('button', { name: '关闭' }).click();
  await expect(page.getByText(link)).toHaveCount(0);
  return link;
}

async function choosePassword(page: Page): Promise<void> {
  await page.locator('[name="password"]').fill(CHOSEN);
  await page.locator('[name="again"]').fill(CHOSEN);
  await page.locator('button[type="submit"]').click();
}

async function signIn(page: Page, account: string, password: string): Promise<void> {
  await page.goto('/desk/login');
  await page.locator('[name="login"]').fill(account);
  await page.locator('[name="password"]').fill(password);
  await page.locator('[name="password"]').press('Enter');
}

test('an administrator invites a handler, who chooses a password and works', async ({ page, open }) => {
  test.setTimeout(180_000);
  await login(page, 'admin.shiqi');
  const link = await invite(page, 'he.qiuyue', '何秋月', '投诉处置专员');
  const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: '何秋月' }) });
  await expect(card.getByText('待接受')).toBeVisible();

  const phone = await open();
  await phone.goto(link);
  await expect(phone.getByText('he.qiuyue')).toBeVisible();
  expect(phone.url(), 'the token has left the address').not.toContain('#');
  await phone.reload();
  await expect(phone.getByText('何秋月')).toBeVisible();
  await phone.locator('[name="password"]').fill('short');
  await phone.locator('[name="again"]').fill('other');
  await phone.locator('button[type="submit"]').click();
  await expect(phone.getByText('两次输入的密码不一致。').first()).toBeVisible();
  await axe(phone);
  await choosePassword(phone);
  await expect(phone).toHaveURL(/\/desk\/complaints/);

  // Used up: one calm page, the same for whoever guesses.
  const late = await open();
  for (const dead of [link, link.replace(/.$/, 'x')]) {
    await late.goto('about:blank');
    await late.goto(dead);
    await expect(late.getByRole('heading', { level: 1, name: '链接无法使用' })).toBeVisible();
  }
  await axe(late);
  await shot(late, 'invitation-dead');
  await page.reload();
  await expect(card.getByText('在任')).toBeVisible();
  await axe(page);
  await shot(page, 'desk-members');
});

test.describe('where a second factor is asked for', () => {
  test.use({ settings: { APP__SECURITY__REQUIRE_SECOND_FACTOR: 'true' } });

  test('whoever can do much sets up an authenticator, by link and at sign-in', async ({ page, open, server }) => {
    test.setTimeout(240_000);
    // The administrator's own first sign-in.
    await signIn(page, 'admin.shiqi', PASSWORD);
    await enrol(page, server.started);
    await expect(page).toHaveURL(/\/desk\/approvals/);
    const link = await invite(page, 'tan.lixin', '谭立新', '政务督办专员');

    const officer = await open();
    await officer.goto(link);
    await choosePassword(officer);
    const { secret, recovery } = await enrol(officer, server.started);
    await expect(officer).toHaveURL(/\/desk\/overdue/);

    const again = await open();
    await signIn(again, 'tan.lixin', CHOSEN);
    await expect(again.getByRole('heading', { level: 1, name: '输入验证码' })).toBeVisible();
    await axe(again);
    await shot(again, 'login-code');
    await again.locator('[name="code"]').fill('000000');
    await again.locator('button[type="submit"]').click();
    await expect(again.getByRole('alert').first()).toBeVisible();
    await again.getByRole('button', { name: /恢复码/ }).click();
    await again.locator('[name="code"]').fill(recovery[0]);
    await again.locator('button[type="submit"]').click();
    await expect(again).toHaveURL(/\/desk\/overdue/);
    await again.goto('/desk/profile');
    await expect(again.getByText('剩余恢复码：9个')).toBeVisible();
    await axe(again);
    await shot(again, 'desk-profile');
    expect(secret).toMatch(/^[A-Z2-7 ]+$/);
  });
});

/** Sets up the authenticator that the page offers. */
async function enrol(page: Page, started: number): Promise<{ secret: string; recovery: string[] }> {
  await expect(page.getByRole('heading', { level: 1, name: '设置验证器' })).toBeVisible();
  await expect(page.getByRole('img', { name: '供验证器扫描的二维码' })).toBeVisible();
  await page.getByText('无法扫描，手动输入密钥').click();
  const secret = await page.locator('.secret').innerText();
  await axe(page);
  await fits(page);
  await shot(page, 'login-enrol');
  await page.locator('[name="code"]').fill(code(secret, started));
  await page.locator('button[type="submit"]').click();
  await expect(page.getByRole('heading', { name: '请保存恢复码' })).toBeVisible();
  const recovery = await page.locator('.recovery li').allInnerTexts();
  expect(recovery).toHaveLength(10);
  await axe(page);
  await shot(page, 'login-recovery');
  await page.getByRole('button', { name: '我已保存' }).click();
  return { secret, recovery };
}

test('somebody with two centers switches, and the browser gets a new session', async ({ page: person }) => {
  await signIn(person, 'handler2.shiqi', PASSWORD);
  await person.getByRole('button', { name: /东区街道/ }).click();
  await expect(person.locator('.desk-who')).toContainText('东区街道');
  const cookie = async () => (await person.context().cookies()).filter((c) => c.httpOnly).map((c) => c.value).join();
  const before = await cookie();
  await person.getByRole('link', { name: '切换单位' }).click();
  await person.getByRole('button', { name: /石岐街道/ }).click();
  await expect(person.locator('.desk-who')).toContainText('石岐街道');
  expect(await cookie()).not.toBe(before);
});

test('a suspended member is out at the next click', async ({ page, open }) => {
  const handler = await open();
  await login(handler, 'handler.shiqi');
  await handler.getByRole('link', { name: '登记投诉' }).click();
  await expect(handler).toHaveURL(/complaints\/new/);
  await login(page, 'admin.shiqi');
  await page.goto('/desk/members');
  await page.getByRole('searchbox').fill('handler.shiqi');
  await page.getByRole('button', { name: /^暂停/ }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('handler.shiqi');
  await axe(page);
  await dialog.locator('button[type="submit"]').click();
  await expect(page.locator('.chip').filter({ hasText: '已暂停' })).toBeVisible();
  await handler.getByRole('link', { name: '投诉办理' }).click();
  await expect(handler).toHaveURL(/\/desk\/login/);
  await signIn(handler, 'handler.shiqi', PASSWORD);
  await expect(handler.getByRole('alert').first()).toBeVisible();
});

test('the city appoints the administrator of a center', async ({ page, open }) => {
  await login(page, 'city.zhongshan');
  await page.goto('/desk/centers');
  await page.locator('[data-center="shiqi"]').getByRole('button', { name: '任命中心管理员' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('[name="login"]').fill('ou.wenbin');
  await dialog.locator('[name="displayName"]').fill('欧文彬');
  await axe(page);
  await dialog.locator('button[type="submit"]').click();
  const link = await shownLink(page);
  const admin = await open();
  await admin.goto(link);
  await choosePassword(admin);
  await expect(admin).toHaveURL(/\/desk\/approvals/);
  await expect(admin.getByRole('link', { name: '人员管理' })).toBeVisible();
});

test('one changes the own password, and the other devices are out', async ({ page, open }) => {
  // A machine so busy that the page is built anew before the next frame is drawn: the dialog is gone by then.
  await page.addInitScript(() => {
    window.requestAnimationFrame = (draw) => window.setTimeout(() => draw(performance.now()), 500);
  });
  const other = await open();
  await login(other, 'staff.shiqi');
  await login(page, 'staff.shiqi');
  await page.goto('/desk/profile');
  await expect(page.getByText('本设备')).toBeVisible();
  await page.getByRole('button', { name: '修改密码' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('[name="current"]').fill(PASSWORD);
  await dialog.locator('[name="password"]').fill(CHOSEN);
  await dialog.locator('[name="again"]').fill(CHOSEN);
  await axe(page);
  await dialog.locator('button[type="submit"]').click();
  await expect(page.getByText('密码已修改，其他设备已退出。')).toBeVisible();
  await other.reload();
  await expect(other).toHaveURL(/\/desk\/login/);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 320, height: 640 } });

  for (const [locale, language] of [['zh-CN', 'zh'], ['en-US', 'en']] as const) {
    test(`the invitation and the people fit in ${language}`, async ({ page, open }) => {
      test.setTimeout(180_000);
      await login(page, 'admin.shiqi');
      const link = await invite(page, 'deputy.li', '李代表', '岗位人员');
      const phone = await open({ viewport: { width: 320, height: 640 }, locale });
      await phone.goto(link);
      await expect(phone.getByText('deputy.li')).toBeVisible();
      await axe(phone);
      await fits(phone);
      await shot(phone, `phone-${language}-invitation`);
      await choosePassword(phone);
      await expect(phone).toHaveURL(/\/desk\/today/);

      const admin = await open({ viewport: { width: 320, height: 640 }, locale });
      await login(admin, 'admin.shiqi');
      for (const path of ['members', 'profile']) {
        await admin.goto(`/desk/${path}`);
        await expect(admin.getByRole('heading', { level: 2 }).first()).toBeVisible();
        await axe(admin);
        await fits(admin);
        await shot(admin, `phone-${language}-${path}`);
      }
      await admin.goto('/desk/members');
      await admin.locator('.title-line .btn-primary').click();
      await expect(admin.getByRole('dialog').locator('[name="roles"]').first()).toBeVisible();
      await axe(admin);
      await fits(admin);
      await shot(admin, `phone-${language}-invite`);
    });
  }
});

test('a password shown too long ago is asked for again, and nothing typed is lost', async ({ page, server }) => {
  test.setTimeout(120_000);
  await login(page, 'admin.shiqi');
  await page.goto('/desk/members');
  await page.getByRole('button', { name: '邀请人员' }).click();
  const form = page.getByRole('dialog', { name: '邀请人员' });
  await form.locator('[name="login"]').fill('he.qiuyue');
  await form.locator('[name="displayName"]').fill('何秋月');
  await form.getByLabel('投诉处置专员', { exact: true }).check();
  await server.travel('2026-03-02T09:36:00+08:00');
  await form.locator('button[type="submit"]').click();

  const again = page.getByRole('dialog', { name: '请再次输入密码' });
  await expect(again.locator('[name="current"]')).toBeFocused();
  await axe(page);
  await shot(page, 'desk-again', false);
  await page.setViewportSize({ width: 320, height: 640 });
  await fits(page);
  await shot(page, 'desk-again-phone', false);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.keyboard.type('not my password');
  await page.keyboard.press('Enter');
  await expect(again.getByRole('alert')).toBeVisible();
  // Whoever changes their mind finds everything as it was, and is asked again.
  await page.keyboard.press('Escape');
  await expect(again).toBeHidden();
  await expect(form.locator('[name="displayName"]')).toHaveValue('何秋月');
  await expect(form.getByRole('alert')).toContainText('再次输入密码');
  await form.locator('button[type="submit"]').click();
  await again.locator('[name="current"]').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await shownLink(page);

  // Five minutes more are free.
  await page.getByRole('button', { name: '邀请人员' }).click();
  await form.locator('[name="login"]').fill('lin.xiaoyu');
  await form.locator('[name="displayName"]').fill('林晓雨');
  await form.getByLabel('投诉处置专员', { exact: true }).check();
  await form.locator('button[type="submit"]').click();
  await shownLink(page);
});
