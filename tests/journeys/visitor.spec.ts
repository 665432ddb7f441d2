// A visitor on an old phone, without an account.
import { axe, expect, shot, test } from './fixtures';
import { STORY, file, fits, receipt } from './steps';

test.describe('on a phone', () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test('a visitor files and tracks a complaint on a phone', async ({ page, open }) => {
    await page.goto('/');
    await axe(page);
    await fits(page);
    await page.getByRole('searchbox').fill('石岐');
    await page.getByRole('link', { name: /石岐街道/ }).click();
    await expect(page.getByText('投诉电话')).toBeVisible();
    await axe(page);
    await fits(page);
    await shot(page, 'portal-center-320');

    await page.getByRole('link', { name: /我要投诉/ }).click();
    await page.getByRole('button', { name: '下一步' }).click();
    await expect(page.getByText('请先看看下面的问题')).toBeVisible();
    await page.getByLabel('办事拖延').check();
    await page.getByLabel('请说说经过').fill(STORY);
    await axe(page);
    await fits(page);
    // Whatever was typed survives a reload.
    await page.reload();
    await expect(page.getByLabel('请说说经过')).toHaveValue(STORY);
    await page.getByRole('button', { name: '下一步' }).click();
    await page.getByLabel('发生日期').fill('2026-03-01');
    await page.getByLabel('地点').fill('一楼大厅');
    await axe(page);
    await page.getByRole('button', { name: '下一步' }).click();
    await page.getByLabel('电话').fill('打给我');
    await page.getByRole('button', { name: '提交投诉' }).click();
    await expect(page.getByText('请先看看下面的问题')).toBeVisible();
    await page.getByLabel('电话').fill('13800009999');
    await axe(page);
    await shot(page, 'portal-contact-320');
    await page.getByRole('button', { name: '提交投诉' }).click();

    await expect(page.getByRole('heading', { name: '投诉已提交' })).toBeVisible();
    await axe(page);
    await fits(page);
    await shot(page, 'portal-receipt-320');
    const { code, number } = await receipt(page);
    // Days later, on another phone.
    const later = await open({ viewport: { width: 320, height: 640 } });
    await later.goto('/c/shiqi/track');
    await later.getByLabel('查询码').fill(code.toLowerCase().replaceAll('-', ' '));
    await later.getByRole('button', { name: '查询', exact: true }).click();
    await expect(later.getByRole('heading', { name: new RegExp(number) })).toBeVisible();
    await expect(later.getByText('已登记').first()).toBeVisible();
    await axe(later);
    await fits(later);
    await shot(later, 'portal-case-320');
    expect(later.url(), 'the code is in no address').not.toContain(code.slice(0, 5));
  });
});

test('a mistyped and an unknown receipt code are told apart, and tell nothing', async ({ page }) => {
  await page.goto('/c/shiqi/track');
  const field = page.getByLabel('查询码');
  await field.fill('ABCDE-ABCDE-ABCDE-ABCDE-A');
  await page.getByRole('button', { name: '查询', exact: true }).click();
  await expect(page.getByRole('alert').first()).toBeVisible();
  // A code of the right form that nobody was given.
  await field.fill('00000-00000-00000-00000-0');
  await page.getByRole('button', { name: '查询', exact: true }).click();
  await expect(page.getByRole('alert').first()).toBeVisible();
  await expect(page.getByText('办理过程')).toHaveCount(0);
});

test.describe('without a connection', () => {
  test.use({ allowedProblems: [/graphql/] });

  test('a half-filled form survives a lost connection and is sent once', async ({ page }) => {
    await page.goto('/c/shiqi/complain');
    await page.getByLabel('办事拖延').check();
    await page.getByLabel('请说说经过').fill(STORY);
    await page.getByRole('button', { name: '下一步' }).click();
    await page.getByRole('button', { name: '下一步' }).click();
    let sent = 0;
    // The request arrives, the answer is lost: the worst moment.
    await page.route('**/graphql', async (route) => {
      sent += 1;
      await route.fetch();
      await route.abort();
    });
    await page.getByRole('button', { name: '提交投诉' }).click();
    await expect(page.getByRole('alert').first()).toBeVisible();
    await page.unroute('**/graphql');
    await page.getByRole('button', { name: '提交投诉' }).click();
    await expect(page.getByRole('heading', { name: '投诉已提交' })).toBeVisible();
    const { number } = await receipt(page);
    expect(sent).toBe(1);
    expect(number).toMatch(/^20260302-/);
  });
});

test.describe('in English', () => {
  test.use({ locale: 'en-US' });

  test('a visitor files a complaint in English with the keyboard alone', async ({ page }) => {
    await page.goto('/c/shiqi');
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    const tabTo = async (name: RegExp) => {
      for (let i = 0; i < 60; i += 1) {
        await page.keyboard.press('Tab');
        const here = await page.evaluate(() => {
          const element = document.activeElement as HTMLElement | null;
          const labels = (element as HTMLInputElement | null)?.labels;
          return `${element?.innerText ?? ''} ${labels?.[0]?.innerText ?? ''} ${element?.getAttribute('aria-label') ?? ''}`;
        });
        if (name.test(here)) return;
      }
      throw new Error(`the keyboard does not reach ${name}`);
    };
    await tabTo(/Make a complaint/);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'What happened?' })).toBeVisible();
    await tabTo(/Attitude/);
    await page.keyboard.press('ArrowDown');
    await tabTo(/tell us what happened/);
    await page.keyboard.type('Nobody called my number for two hours at window 3.');
    await tabTo(/^Next/);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'When and where?' })).toBeVisible();
    await tabTo(/^Next/);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'How can we reach you?' })).toBeVisible();
    await axe(page);
    await tabTo(/Send the complaint/);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Your complaint has been sent' })).toBeVisible();
    await axe(page);
    await shot(page, 'portal-receipt-en');
  });
});

test('filing twice from two tabs gives two complaints with two receipts', async ({ page, open }) => {
  const first = await file(page);
  const second = await file(await open());
  expect(first.code).not.toBe(second.code);
  expect(first.number).not.toBe(second.number);
});
