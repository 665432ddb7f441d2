// A visitor on an old phone, without an account.
import { axe, enter, expect, login, shot, test } from './fixtures';
import { STORY, act, answer, file, fits, follow, openCase, receipt } from './steps';

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

  test('a visitor who is satisfied says so, and the case is closed', async ({ page, open }) => {
    const { number } = await file(page);
    const handler = await open({ viewport: { width: 1280, height: 800 } });
    await enter(handler, 'handler.shiqi');
    await answer(handler, number);

    await follow(page);
    await expect(page.getByText('叫号机已修好').first()).toBeVisible();
    await page.getByRole('button', { name: '提交评价' }).click();
    await expect(page.getByRole('alert').getByRole('link')).toBeVisible();
    await axe(page);
    await fits(page);
    await shot(page, 'portal-rate-320');
    await page.getByText('非常满意').click();
    await page.getByLabel('想补充的话').fill('答复很快，谢谢。');
    await page.getByRole('button', { name: '提交评价' }).click();
    await expect(page.getByText('您的评价已收到')).toBeFocused();
    await expect(page.getByRole('button', { name: '提交评价' })).toHaveCount(0);
    await axe(page);
    await fits(page);
    await shot(page, 'portal-rated-320');

    await handler.reload();
    await act(handler, 'close');
    await follow(page);
    await expect(page.getByText('已办结').first()).toBeVisible();
  });

  test('a visitor who is dissatisfied gets a review by somebody else', async ({ page, open }) => {
    const { number } = await file(page);
    const handler = await open({ viewport: { width: 1280, height: 800 } });
    await enter(handler, 'handler.shiqi');
    await answer(handler, number);

    await follow(page);
    await page.getByText('不满意', { exact: true }).click();
    await page.getByLabel('想补充的话').fill('没有说明为什么没有人解释。');
    await page.getByRole('button', { name: '提交评价' }).click();
    // What a bad rating sets going is said at once.
    await expect(page.getByRole('status').filter({ hasText: '复核' })).toBeFocused();
    await expect(page.getByText('已申请复核').first()).toBeVisible();
    await axe(page);
    await shot(page, 'portal-dissatisfied-320');

    await handler.reload();
    await expect(handler.getByText('没有说明为什么没有人解释。').first()).toBeVisible();
    await expect(handler.locator('[data-action="start_review"]')).toHaveCount(0);
    const admin = await open({ viewport: { width: 1280, height: 800 } });
    await login(admin, 'admin.shiqi');
    await admin.getByRole('button', { name: /提醒/ }).first().click();
    await admin.getByRole('link', { name: new RegExp(number) }).first().click();
    await act(admin, 'start_review');
    await act(admin, 'decide_review', { reply: '经复核，应当当场说明原因，已对窗口人员提醒教育。' }, ['变更原处理结果']);
    await shot(admin, 'desk-reviewed');

    await follow(page);
    await expect(page.getByText('变更原处理结果')).toBeVisible();
    await expect(page.getByText('应当当场说明原因').first()).toBeVisible();
    await fits(page);
    await shot(page, 'portal-reviewed-320');
  });

  test('a visitor who objects asks for review, once', async ({ page, open }) => {
    const { number } = await file(page);
    const handler = await open({ viewport: { width: 1280, height: 800 } });
    await enter(handler, 'handler.shiqi');
    await answer(handler, number);

    await follow(page);
    await page.getByText('申请复核', { exact: false }).first().click();
    await expect(page.getByText('申请截止：2026-03-16')).toBeVisible();
    await page.getByRole('button', { name: '申请复核' }).click();
    await expect(page.getByRole('alert').getByRole('link')).toBeVisible();
    await page.getByLabel('哪里没有说清').fill('没有说明以后怎样避免。');
    await axe(page);
    await fits(page);
    await shot(page, 'portal-review-320');
    await page.getByRole('button', { name: '申请复核' }).click();
    await expect(page.getByText('您的复核申请已收到')).toBeFocused();

    const admin = await open({ viewport: { width: 1280, height: 800 } });
    await enter(admin, 'admin.shiqi');
    await openCase(admin, number);
    await act(admin, 'start_review');
    await act(admin, 'decide_review', { reply: '原处理适当，已补充说明整改措施。' }, ['维持原处理结果']);

    await follow(page);
    await expect(page.getByText('维持原处理结果')).toBeVisible();
    await expect(page.getByLabel('哪里没有说清')).toHaveCount(0);
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

  test('a complaint that was sent and then changed can be sent as another, and nothing is typed twice', async ({ page }) => {
    await page.goto('/c/shiqi/complain');
    await page.getByLabel('办事拖延').check();
    await page.getByLabel('请说说经过').fill(STORY);
    const next = page.getByRole('button', { name: '下一步' });
    await next.click();
    await next.click();
    await page.getByLabel('电话').fill('13800009999');
    // The request arrives, the answer is lost.
    await page.route('**/graphql', async (route) => {
      await route.fetch();
      await route.abort();
    });
    const send = page.getByRole('button', { name: '提交投诉' });
    await send.click();
    await expect(page.getByRole('alert').first()).toBeVisible();
    await page.unroute('**/graphql');
    await page.getByLabel('电话').fill('13800008888');
    await send.click();
    await expect(page.getByRole('alert')).toContainText('先前已提交过');
    await expect(page.getByLabel('电话')).toHaveValue('13800008888');
    // Also after a reload: the new key is kept with the draft.
    await page.reload();
    await expect(page.getByLabel('电话')).toHaveValue('13800008888');
    await send.click();
    await expect(page.getByRole('heading', { name: '投诉已提交' })).toBeVisible();
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

test.describe('on a slow network', () => {
  test('the product shows its name before it has arrived, in both entry points', async ({ page }) => {
    for (const path of ['/c/shiqi', '/desk/login']) {
      let arrive = () => {};
      const arrived = new Promise<void>((resolve) => (arrive = resolve));
      await page.route('**/*.wasm', async (route) => {
        await arrived;
        await route.continue();
      });
      await page.goto(path, { waitUntil: 'commit' });
      await expect(page.getByRole('status')).toContainText('Loading');
      await expect(page.getByText('岗评', { exact: true })).toBeVisible();
      await axe(page);
      await shot(page, `boot${path.replaceAll('/', '-')}`);
      arrive();
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.locator('#boot')).toHaveCount(0);
      await page.unroute('**/*.wasm');
    }
  });
});

test.describe('without JavaScript', () => {
  // The browser reports the script it was told not to run.
  test.use({ javaScriptEnabled: false, allowedProblems: [/\.js csp$/] });

  test('a visitor is told what is missing and whom to call', async ({ page }) => {
    for (const path of ['/', '/desk']) {
      await page.goto(path);
      await expect(page.getByText(/需要 JavaScript.*12345/)).toBeVisible();
      await expect(page.getByText(/needs JavaScript.*12345/)).toBeVisible();
      await expect(page.locator('#boot')).toBeHidden();
    }
  });
});

test.describe('what does not belong to the page', () => {
  test.use({ allowedProblems: [/Content Security Policy/] });

  test('a script put into the page does not run', async ({ page }) => {
    await page.goto('/c/shiqi');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const refused = page.waitForEvent('console', (message) => message.text().includes('Content Security Policy'));
    const ran = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.injected = true';
      const button = document.createElement('button');
      button.setAttribute('onclick', 'window.injected = true');
      document.body.append(script, button);
      button.click();
      return 'injected' in window;
    });
    expect(ran).toBe(false);
    await refused;
  });
});
