// The kiosk in the hall: enrolled by its administrator, rated at with and without a network, left by the staff with a PIN.
import type { BrowserContextOptions, Locator, Page } from '@playwright/test';
import { axe, enter, expect, login, shot, test, type Open } from './fixtures';
import { fits } from './steps';

const PIN = '246810';
const POINT = '大厅一体机';
const QUESTION = '请为我们的服务评分';

/** Registers a kiosk for a point, as the administrator: the address that enrols it. */
async function register(admin: Page, name: string): Promise<string> {
  await admin.goto('/desk/settings?list=devices');
  await admin.getByRole('button', { name: '登记设备' }).click();
  const device = admin.getByRole('dialog');
  await device.locator('[name="name"]').fill(name);
  await device.locator('[name="kind"]').selectOption({ label: '评价一体机' });
  await device.locator('[name="place"]').fill('一楼大厅出口');
  await device.locator('[name="ratingPointId"]').selectOption({ label: POINT });
  await device.locator('[name="pin"]').fill(PIN);
  await device.locator('button[type="submit"]').click();
  const shown = admin.getByRole('dialog', { name: '设备凭证' });
  const address = await shown.locator('[data-kiosk]').innerText();
  expect(address).toMatch(/\/kiosk\/#shiqi\.[0-9a-f]{64}$/);
  return address;
}

/** Adds the point, then registers its kiosk. */
async function prepare(admin: Page): Promise<string> {
  await enter(admin, 'admin.shiqi');
  await admin.goto('/desk/rating-points');
  await admin.getByRole('button', { name: '新增评价点' }).click();
  const dialog = admin.getByRole('dialog');
  await dialog.locator('[name="channel"]').selectOption({ label: '一体机' });
  await dialog.locator('[name="name"]').fill(POINT);
  await dialog.locator('button[type="submit"]').click();
  await expect(admin.locator(`[data-rating-point="${POINT}"]`)).toContainText('一体机');
  return register(admin, '大厅评价机');
}

/** Another machine, enrolled by the address, which forgets the credential. */
async function enrol(open: Open, address: string, options?: BrowserContextOptions): Promise<Page> {
  const kiosk = await open(options);
  // A browser without a screen has none to fill: what the page asks for is counted.
  await kiosk.addInitScript(() => {
    Element.prototype.requestFullscreen = () => {
      document.documentElement.dataset.fullscreen = 'asked';
      return Promise.resolve();
    };
  });
  await kiosk.clock.install();
  await kiosk.goto(address);
  await expect(kiosk.getByRole('heading', { name: QUESTION })).toBeVisible();
  await expect(kiosk).toHaveURL(/\/kiosk\/$/);
  return kiosk;
}

/** From the faces to the thanks, and back to the faces. */
async function rate(kiosk: Page, level: string, remark = ''): Promise<void> {
  await kiosk.getByText(level, { exact: true }).click();
  await kiosk.getByRole('button', { name: '下一步' }).click();
  await expect(kiosk.getByRole('heading', { name: '还有想说的吗？' })).toBeFocused();
  if (remark) await kiosk.getByLabel('想说的话').fill(remark);
  await kiosk.getByRole('button', { name: '提交', exact: true }).click();
  await expect(kiosk.getByRole('heading', { name: '谢谢您' })).toBeFocused();
  await kiosk.getByRole('button', { name: '完成' }).click();
  await expect(kiosk.getByRole('heading', { name: QUESTION })).toBeVisible();
}

const waiting = (kiosk: Page): Locator => kiosk.getByText(/待发送的评价/);

/** Types a PIN on the keys of the screen. */
async function press(kiosk: Page, pin: string): Promise<void> {
  for (const digit of pin) await kiosk.getByRole('button', { name: digit, exact: true }).click();
  await kiosk.getByRole('button', { name: '退出', exact: true }).click();
}

/** Moves on by the Tab key until the element has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let n = 0; n < 40 && !(await target.evaluate((element) => element === document.activeElement)); n += 1) {
    await page.keyboard.press('Tab');
  }
  await expect(target).toBeFocused();
}

test.describe('without a network', () => {
  test.use({ allowedProblems: [/ERR_INTERNET_DISCONNECTED/] });

  test('a kiosk goes offline, is reloaded, and sends once', async ({ page, open, server }) => {
    const kiosk = await enrol(open, await prepare(page));
    await expect(kiosk.getByText(POINT)).toBeVisible();
    await expect(kiosk.getByRole('radio', { checked: true })).toHaveCount(0);
    await expect(kiosk.getByRole('link')).toHaveCount(0);
    await axe(kiosk);
    await shot(kiosk, 'kiosk');
    await rate(kiosk, '非常满意');
    await expect(kiosk.locator('html[data-fullscreen="asked"]')).toHaveCount(1);
    await expect(waiting(kiosk)).toHaveCount(0);

    await kiosk.context().setOffline(true);
    await rate(kiosk, '满意');
    await expect(waiting(kiosk)).toHaveText('待发送的评价：1');
    await kiosk.reload();
    await expect(kiosk.getByRole('heading', { name: QUESTION })).toBeVisible();
    await expect(waiting(kiosk)).toHaveText('待发送的评价：1');
    await rate(kiosk, '不满意', '中午没有人。');
    await rate(kiosk, '满意');
    await kiosk.reload();
    await expect(waiting(kiosk)).toHaveText('待发送的评价：3');
    // No time is kept with them, on the machine either.
    const kept = await kiosk.evaluate(
      () =>
        new Promise<string[]>((resolve) => {
          const opened = indexedDB.open('kiosk');
          opened.onsuccess = () => {
            const all = opened.result.transaction('ratings').objectStore('ratings').getAll();
            all.onsuccess = () => resolve(all.result as string[]);
          };
        }),
    );
    expect(kept).toHaveLength(3);
    for (const text of kept) {
      const names = Object.keys(JSON.parse(text) as object).sort();
      expect(names).toEqual(['center', 'code', 'form', 'indicators', 'key', 'level', 'reasons', 'remark']);
    }
    await axe(kiosk);
    await shot(kiosk, 'kiosk-waiting');

    await kiosk.context().setOffline(false);
    await expect(waiting(kiosk)).toHaveCount(0);
    await rate(kiosk, '基本满意');
    await expect(waiting(kiosk)).toHaveCount(0);
    await kiosk.reload();
    await expect(kiosk.getByRole('heading', { name: QUESTION })).toBeVisible();
    await expect(waiting(kiosk)).toHaveCount(0);
    await kiosk.close();

    // A week later: five were given, and five are counted, apart from those by posters.
    await server.travel('2026-03-09T09:30:00+08:00');
    const admin = await open();
    await login(admin, 'admin.shiqi');
    const row = admin.locator('tr[data-point="shown"]').filter({ hasText: `${POINT} · 一体机` });
    await expect(async () => {
      await admin.goto('/desk/ratings?week=2026-03-02');
      await expect(row.getByRole('cell').first()).toHaveText('5', { timeout: 2_000 });
    }).toPass({ timeout: 30_000 });
    await axe(admin);
  });

  test('a kiosk whose credential was revoked keeps what waits until it is enrolled anew', async ({ page, open }) => {
    const kiosk = await enrol(open, await prepare(page));
    await kiosk.context().setOffline(true);
    await rate(kiosk, '不满意', '表格看不懂。');
    await expect(waiting(kiosk)).toHaveText('待发送的评价：1');

    await page.goto('/desk/settings?list=devices');
    await page.getByRole('button', { name: '停用 大厅评价机' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '停用设备' }).click();
    await expect(page.getByText('已停用（1）')).toBeVisible();
    await kiosk.context().setOffline(false);
    await expect(kiosk.getByRole('heading', { name: '暂停评价' })).toBeVisible();
    await expect(kiosk.getByText('本机的凭证在这个中心无效')).toBeVisible();
    await expect(waiting(kiosk)).toHaveText('待发送的评价：1');
    await axe(kiosk);
    await shot(kiosk, 'kiosk-out');
    await kiosk.reload();
    await expect(kiosk.getByRole('heading', { name: '暂停评价' })).toBeVisible();
    await expect(waiting(kiosk)).toHaveText('待发送的评价：1');

    await kiosk.goto(await register(page, '大厅评价机二'));
    await expect(kiosk.getByRole('heading', { name: QUESTION })).toBeVisible();
    await expect(waiting(kiosk)).toHaveCount(0);
  });
});

test('a rating that nobody finishes is forgotten, and the kiosk says so before', async ({ page, open }) => {
  const kiosk = await enrol(open, await prepare(page));
  const remark = '我叫陈小明，排队两个小时。';
  await kiosk.getByRole('button', { name: 'English' }).click();
  await kiosk.getByText('Dissatisfied', { exact: true }).click();
  await kiosk.getByRole('button', { name: 'Next' }).click();
  await expect(kiosk.getByRole('heading', { name: 'Anything else?' })).toBeFocused();
  await kiosk.getByLabel('The wait was too long').check();
  await kiosk.getByLabel('In your words').fill(remark);
  await kiosk.clock.runFor(5_000);
  await expect(kiosk.getByRole('alert')).toHaveCount(0);
  await kiosk.clock.runFor(10_000);
  await expect(kiosk.getByRole('alert')).toContainText('will be cleared');
  await axe(kiosk);
  await shot(kiosk, 'kiosk-idle');
  await kiosk.getByRole('button', { name: 'Go on' }).click();
  await expect(kiosk.getByRole('alert')).toHaveCount(0);
  await expect(kiosk.getByLabel('In your words')).toHaveValue(remark);
  // The touch has given all of the time back.
  await kiosk.clock.runFor(22_000);
  await expect(kiosk.getByRole('alert')).toBeVisible();
  await kiosk.clock.runFor(9_000);
  await expect(kiosk.getByRole('heading', { name: QUESTION })).toBeVisible();
  await expect(kiosk.getByRole('radio', { checked: true })).toHaveCount(0);
  // Nothing is left, on the page or on the machine.
  expect(await kiosk.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain('陈小明');
  expect(await kiosk.content()).not.toContain('陈小明');
  await kiosk.getByText('不满意', { exact: true }).click();
  await kiosk.getByRole('button', { name: '下一步' }).click();
  await expect(kiosk.getByLabel('等候太久')).not.toBeChecked();
  await expect(kiosk.getByLabel('想说的话')).toHaveValue('');
  await expect(waiting(kiosk)).toHaveCount(0);
});

test('the staff leave a kiosk by its PIN, and guessing takes time', async ({ page, open }) => {
  const kiosk = await enrol(open, await prepare(page));
  const staff = kiosk.getByRole('button', { name: '工作人员' });
  await staff.click();
  await expect(kiosk.getByRole('heading', { name: '退出评价页面' })).toBeFocused();
  await axe(kiosk);
  await shot(kiosk, 'kiosk-pin');
  for (const guess of ['111111', '222222', '333333']) {
    await press(kiosk, guess);
    await expect(kiosk.getByRole('alert').filter({ hasText: '密码不正确' })).toBeVisible();
    await expect(kiosk.locator('[name="pin"]')).toHaveValue('');
  }
  await expect(kiosk.getByText(/请 \d+ 秒后再试/).first()).toBeVisible();
  // The right one is not looked at now, and loading the page anew helps nobody.
  await press(kiosk, PIN);
  await expect(kiosk.getByRole('alert').filter({ hasText: '输错次数过多' })).toBeVisible();
  await kiosk.reload();
  await staff.click();
  await press(kiosk, PIN);
  await expect(kiosk.getByRole('alert').filter({ hasText: '输错次数过多' })).toBeVisible();
  await kiosk.clock.runFor(31_000);
  // Meanwhile the page has gone back by itself.
  await expect(kiosk.getByRole('heading', { name: QUESTION })).toBeVisible();
  await staff.click();
  await kiosk.locator('[name="pin"]').fill(PIN);
  await kiosk.keyboard.press('Enter');
  await expect(kiosk.getByRole('heading', { name: '工作人员页面' })).toBeFocused();
  await expect(kiosk.locator('[data-waiting]')).toHaveText('0');
  await axe(kiosk);
  await shot(kiosk, 'kiosk-staff');
  await kiosk.clock.runFor(31_000);
  await expect(kiosk.getByRole('heading', { name: QUESTION })).toBeVisible();
});

test('a visitor rates at a kiosk in English by the keyboard alone, also on a narrow one', async ({ page, open }) => {
  const kiosk = await enrol(open, await prepare(page), { viewport: { width: 320, height: 640 } });
  await axe(kiosk);
  await fits(kiosk);
  await shot(kiosk, 'kiosk-320');
  await tabTo(kiosk, kiosk.getByRole('button', { name: 'English' }));
  await kiosk.keyboard.press('Enter');
  await expect(kiosk.getByRole('heading', { name: 'Please rate our service' })).toBeVisible();
  const first = kiosk.getByRole('radio', { name: 'Very satisfied' });
  await tabTo(kiosk, first);
  await kiosk.keyboard.press('Space');
  await kiosk.keyboard.press('ArrowDown');
  await expect(kiosk.getByRole('radio', { name: 'Satisfied', exact: true })).toBeChecked();
  await kiosk.keyboard.press('Enter');
  await expect(kiosk.getByRole('heading', { name: 'Anything else?' })).toBeFocused();
  // Reasons are asked after a low level only, and a phone never.
  await expect(kiosk.getByRole('checkbox')).toHaveCount(0);
  await expect(kiosk.locator('input[type="tel"]')).toHaveCount(0);
  await axe(kiosk);
  await fits(kiosk);
  await shot(kiosk, 'kiosk-more-320');
  await tabTo(kiosk, kiosk.getByRole('button', { name: 'Send', exact: true }));
  await kiosk.keyboard.press('Enter');
  await expect(kiosk.getByRole('heading', { name: 'Thank you' })).toBeFocused();
  await axe(kiosk);
  await fits(kiosk);
  // Thanks end by themselves, and the next one finds the page in Chinese.
  await kiosk.clock.runFor(9_000);
  await expect(kiosk.getByRole('heading', { name: QUESTION })).toBeVisible();
});

test('a kiosk is enrolled by typing, and refused with a wrong credential', async ({ page, open }) => {
  const address = await prepare(page);
  const credential = address.slice(-64);
  const kiosk = await open();
  await kiosk.goto('/kiosk');
  await expect(kiosk.getByRole('heading', { name: '登记一体机' })).toBeVisible();
  await axe(kiosk);
  await fits(kiosk);
  await kiosk.getByLabel('中心代码').fill('shiqi');
  await kiosk.getByLabel('凭证').fill('0'.repeat(64));
  await kiosk.getByRole('button', { name: '登记', exact: true }).click();
  await expect(kiosk.getByRole('alert')).toContainText('本机的凭证在这个中心无效');
  await kiosk.getByLabel('凭证').fill(credential);
  await kiosk.getByRole('button', { name: '登记', exact: true }).click();
  await expect(kiosk.getByRole('heading', { name: QUESTION })).toBeVisible();
});
