// Voluntary service: written down, confirmed on a phone, signed on the screen, or left unconfirmed; kit and competence.
import type { Locator, Page } from '@playwright/test';
import { axe, enter, expect, login, shot, test } from './fixtures';
import { fits } from './steps';

/** The page's one dialog, once it can be filled in. */
async function opened(page: Page, act: Locator): Promise<Locator> {
  await act.click();
  const shown = page.getByRole('dialog');
  await expect(shown).toBeVisible();
  return shown;
}

const step = (page: Page, action: string): Locator => page.locator(`[data-action="${action}"]`);

/** Writes a service of 1 March down and hands it in; the page is then the record's. */
async function handIn(page: Page, start: string, end: string, words: string): Promise<void> {
  await page.goto('/desk/volunteers');
  const form = await opened(page, page.getByRole('button', { name: '写服务记录' }));
  await form.locator('[name="on"]').fill('2026-03-01');
  await form.locator('[name="start"]').fill(start);
  await form.locator('[name="end"]').fill(end);
  await form.getByText('指导填表', { exact: true }).click();
  await form.locator('[name="recipients"]').fill('3');
  await form.locator('[name="description"]').fill(words);
  await form.locator('button[type="submit"]').click();
  await expect(page.locator('section[data-service="draft"]')).toBeVisible();
  await step(page, 'ask').click();
  await expect(page.locator('section[data-service="awaiting_confirmation"]')).toBeVisible();
}

test('a service is written down and confirmed by code on a phone', async ({ page, open }) => {
  await login(page, 'volunteer.shiqi');
  // Whoever volunteers sees this room, the checks of themselves and the catalogue, and nothing else.
  await expect(page).toHaveURL(/\/desk\/volunteers$/);
  await expect(page.locator('.desk-nav a')).toHaveCount(3);
  await expect(page.locator('[data-service="unconfirmed"]').filter({ hasText: '服务对象表示情况不符' })).toBeVisible();
  await axe(page);
  await shot(page, 'volunteers');
  const form = await opened(page, page.getByRole('button', { name: '写服务记录' }));
  await form.locator('button[type="submit"]').click();
  await expect(form.getByText('此项不能为空。').first()).toBeVisible();
  await axe(page);
  await shot(page, 'volunteers-write', false);
  await form.getByRole('button', { name: '关闭', exact: true }).click();

  await handIn(page, '09:30', '10:30', '指导填写居住证申领表。');
  const code = await opened(page, step(page, 'show_code'));
  await expect(code.locator('svg.qr')).toBeVisible();
  await axe(page);
  await shot(page, 'volunteers-code', false);
  await code.locator('summary').click();
  const address = new URL((await code.locator('[data-confirm-url]').textContent()) ?? '');
  expect(address.pathname).toBe('/c/shiqi/confirm');

  const phone = await open({ viewport: { width: 320, height: 640 } });
  await phone.goto(`${address.pathname}${address.hash}`);
  await expect(phone.getByRole('heading', { name: '请确认志愿服务' })).toBeVisible();
  await expect(phone.getByText('2026-03-01 09:30–10:30')).toBeVisible();
  await expect(phone.getByText('邓子轩')).toHaveCount(0);
  await axe(phone);
  await fits(phone);
  await shot(phone, 'phone-zh-confirm');
  await phone.locator('[name="tail"]').fill('12');
  await phone.getByRole('button', { name: '情况属实，确认' }).click();
  await expect(phone.getByText('请填写手机号码最后 4 位数字。').first()).toBeVisible();
  await phone.locator('[name="tail"]').fill('0421');
  await phone.getByRole('button', { name: '情况属实，确认' }).click();
  await expect(phone.getByRole('heading', { name: '已确认，谢谢您' })).toBeVisible();
  await axe(phone);
  // Once, and not again.
  await phone.reload();
  await expect(phone.getByRole('heading', { name: '确认码无效' })).toBeVisible();
  await axe(phone);

  await code.getByRole('button', { name: '服务对象已确认，查看结果' }).click();
  await expect(page.locator('section[data-service="confirmed"]')).toBeVisible();
  await expect(page.getByText('扫码确认')).toBeVisible();
  await expect(page.getByText('0421')).toBeVisible();
  await expect(page.locator('[data-action]')).toHaveCount(0);
  await axe(page);
  await shot(page, 'volunteers-record');
});

test('a recipient says on the phone that it was not so', async ({ page, open }) => {
  await enter(page, 'volunteer.shiqi');
  await handIn(page, '14:00', '15:00', '协助打印证明。');
  const code = await opened(page, step(page, 'show_code'));
  await code.locator('summary').click();
  const address = new URL((await code.locator('[data-confirm-url]').textContent()) ?? '');
  const phone = await open({ viewport: { width: 320, height: 640 }, locale: 'en-US' });
  await phone.goto(`${address.pathname}${address.hash}`);
  await expect(phone.getByRole('heading', { name: 'Please confirm a service' })).toBeVisible();
  await axe(phone);
  await fits(phone);
  await shot(phone, 'phone-en-confirm');
  await phone.getByRole('button', { name: 'It was not so' }).click();
  await expect(phone.getByRole('heading', { name: 'Noted, thank you for saying so' })).toBeVisible();
  await code.getByRole('button', { name: '关闭', exact: true }).click();
  await expect(page.locator('section[data-service="unconfirmed"]')).toContainText('服务对象表示情况不符');
});

test('a recipient signs on the screen, and a colleague takes a word down', async ({ page, open }) => {
  await enter(page, 'volunteer.shiqi');
  await handIn(page, '10:30', '11:00', '指导填写社保表。');
  const dialog = await opened(page, step(page, 'sign'));
  await dialog.getByRole('button', { name: '确认签名' }).click();
  await expect(dialog.getByText('签名过短，请重新书写。').first()).toBeVisible();
  const pad = dialog.locator('[data-sign-pad]');
  const draw = async (): Promise<void> => {
    const box = await pad.boundingBox();
    if (!box) throw new Error('no field to sign in');
    const at = (x: number, y: number): [number, number] => [box.x + box.width * x, box.y + box.height * y];
    const strokes: [number, number][][] = [
      [[0.1, 0.2], [0.4, 0.3], [0.35, 0.8]],
      [[0.6, 0.2], [0.8, 0.7], [0.9, 0.4]],
    ];
    for (const stroke of strokes) {
      for (const [n, point] of stroke.entries()) {
        await page.mouse.move(...at(...point), { steps: 6 });
        if (n === 0) await page.mouse.down();
      }
      await page.mouse.up();
    }
  };
  await pad.scrollIntoViewIfNeeded();
  await draw();
  await expect(pad.locator('path')).toHaveAttribute('d', /^M\d+ \d+L.*M\d+ \d+L/);
  await dialog.getByRole('button', { name: '清除重写' }).click();
  await expect(pad.locator('path')).toHaveAttribute('d', '');
  await draw();
  await axe(page);
  await shot(page, 'volunteers-sign', false);
  await dialog.getByRole('button', { name: '确认签名' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.locator('section[data-service="confirmed"]')).toContainText('当场签名');
  await expect(page.getByRole('img', { name: '服务对象的手写签名' })).toBeVisible();
  await axe(page);
  await shot(page, 'volunteers-signed');

  await handIn(page, '11:00', '11:30', '陪同办理。');
  const coordinator = await open();
  await enter(coordinator, 'coordinator.shiqi');
  await coordinator.goto(page.url());
  await expect(step(coordinator, 'sign')).toHaveCount(0);
  const word = await opened(coordinator, step(coordinator, 'witness'));
  await word.locator('[name="tail"]').fill('5522');
  await word.locator('[name="statement"]').fill('本人当面确认。');
  await axe(coordinator);
  await word.locator('button[type="submit"]').click();
  await expect(coordinator.locator('section[data-service="confirmed"]')).toContainText('卢嘉颖');
});

test('what nobody confirms in seven days says so', async ({ page, server }) => {
  await enter(page, 'volunteer.shiqi');
  await handIn(page, '15:00', '16:00', '维持排队秩序。');
  await expect(page.getByText('还剩 7 天')).toBeVisible();
  const record = page.url();
  await server.travel('2026-03-10T09:00:00+08:00');
  await enter(page, 'volunteer.shiqi');
  await page.goto(record);
  await expect(page.locator('section[data-service="unconfirmed"]')).toBeVisible();
  await expect(page.getByText('期限内没有服务对象确认，记录如实标明。')).toBeVisible();
  await expect(page.locator('[data-action]')).toHaveCount(0);
});

test('the coordinator looks at the kit, signs off and sees how many are confirmed', async ({ page }) => {
  await login(page, 'coordinator.shiqi');
  await page.getByRole('link', { name: '岗位工作' }).click();
  await page.getByRole('link', { name: '志愿服务' }).click();
  const person = page.locator('[data-volunteer="邓子轩"]');
  await expect(person).toContainText('未戴袖标');
  await expect(page.locator('[data-rate="自助区志愿服务岗"]')).toContainText('5 条中 3 条已确认');
  await expect(page.locator('[data-rate="自助区志愿服务岗"]')).toContainText('不足 10 条，不计算确认率');
  await axe(page);
  await shot(page, 'volunteers-coordinator');
  const kit = await opened(page, person.getByRole('button', { name: '检查马甲袖标' }));
  await kit.getByText('穿着统一马甲').click();
  await kit.getByText('佩戴统一袖标').click();
  await axe(page);
  await shot(page, 'volunteers-kit', false);
  await kit.locator('button[type="submit"]').click();
  await expect(kit).toBeHidden();
  await expect(person).toContainText('齐备');
  const word = await opened(page, person.getByRole('button', { name: '认定可独立上岗' }));
  await word.locator('button[type="submit"]').click();
  await expect(word.getByText('此项不能为空。').first()).toBeVisible();
  await word.locator('[name="note"]').fill('现场考察，流程熟悉。');
  await word.locator('button[type="submit"]').click();
  await expect(word).toBeHidden();
  await expect(person).toContainText('2026-03-02 认定可独立上岗');
});

for (const locale of ['zh-CN', 'en-US'] as const) {
  test(`voluntary service fits a phone, ${locale}`, async ({ open }) => {
    const page = await open({ viewport: { width: 320, height: 640 }, locale });
    const look = async (name: string): Promise<void> => {
      await axe(page);
      await fits(page);
      await shot(page, `phone-${locale.slice(0, 2)}-volunteers-${name}`);
    };
    await login(page, 'volunteer.shiqi');
    await expect(page.locator('[data-volunteer]')).toBeVisible();
    await look('list');
    await page.locator('[data-service="awaiting_confirmation"] a').first().click();
    await expect(step(page, 'sign')).toBeVisible();
    await look('record');
    const dialog = await opened(page, step(page, 'sign'));
    await expect(dialog.locator('[data-sign-pad]')).toBeVisible();
    await look('sign');
    await dialog.locator('.dialog-close').click();
    const code = await opened(page, step(page, 'show_code'));
    await expect(code.locator('svg.qr')).toBeVisible();
    await look('code');
    await code.locator('.dialog-close').click();
    const coordinator = await open({ viewport: { width: 320, height: 640 }, locale });
    await enter(coordinator, 'coordinator.shiqi');
    await coordinator.goto('/desk/volunteers');
    await expect(coordinator.locator('[data-rate]').first()).toBeVisible();
    await axe(coordinator);
    await fits(coordinator);
    await shot(coordinator, `phone-${locale.slice(0, 2)}-volunteers-people`);
  });
}
