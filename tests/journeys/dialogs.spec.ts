// Every dialog of the desk on the narrowest phone, in both languages: what each role is offered on the demo cases.
import { type Page } from '@playwright/test';
import { axe, enter, expect, login, shot, test, type Account } from './fixtures';
import { act, actionButton, fits } from './steps';

type Step = [Account, string, Record<string, string>, string[]];

/** Who is offered what, and the steps of others without which it would not be offered. */
const OFFERED: { account: Account; before: Step[]; actions: string[] }[] = [
  {
    account: 'handler.shiqi',
    before: [
      ['admin.shiqi', 'approve', {}, []],
      ['supervisor.shiqi', 'follow_up', {}, ['满意']],
    ],
    actions: [
      'screen', 'accept', 'decline', 'merge', 'resolve_on_spot', 'assign', 'return', 'investigate', 'extend', 'pause',
      'resume', 'reclassify', 'hand_over', 'name_respondent', 'propose', 'conclude', 'give_feedback', 'request_review',
      'close', 'archive',
    ],
  },
  { account: 'admin.shiqi', before: [], actions: ['approve', 'send_back', 'follow_up', 'refer'] },
  {
    account: 'supervisor.shiqi',
    before: [['handler.shiqi', 'request_review', { reason: '来电表示仍有异议。' }, []]],
    actions: ['escalate', 'press', 'refer', 'start_review', 'decide_review'],
  },
];

for (const locale of ['zh-CN', 'en-US']) {
  test.describe(`on a phone, ${locale}`, () => {
    test.use({ viewport: { width: 320, height: 640 }, locale });

    for (const { account, before, actions } of OFFERED) {
      test(`every dialog of ${account} fits, leads the focus and keeps what was typed`, async ({ page, open }) => {
        test.setTimeout(300_000);
        for (const [other, action, fields, choices] of before) {
          const desk = await open({ locale: 'zh-CN' });
          await enter(desk, other);
          await visit(desk, async () => {
            const offered = (await actionsOf(desk)).includes(action);
            if (offered) await act(desk, action, fields, choices);
            return offered;
          });
        }
        await login(page, account);
        const seen = new Set<string>();
        await visit(page, async () => {
          for (const action of await actionsOf(page)) {
            if (!seen.has(action)) await look(page, action, locale);
            seen.add(action);
          }
          // The only step whose next one nobody else can offer.
          if (await page.locator('[data-action="start_review"]').count()) {
            await act(page, 'start_review');
            await look(page, 'decide_review', locale);
            seen.add('decide_review');
          }
          return seen.size === actions.length;
        });
        expect([...seen].sort()).toEqual([...actions].sort());
      });
    }
  });
}

test('a dialog that is asked for while the one before closes is shown, and Escape still closes it', async ({ page }) => {
  await enter(page, 'handler.shiqi');
  await visit(page, async () => (await actionsOf(page)).length > 0);
  const [action] = await actionsOf(page);
  const dialog = page.getByRole('dialog');
  await (await actionButton(page, action)).click();
  await expect(dialog).toBeVisible();
  // In the very moment in which the browser says that it is closed, and in the one in which Escape closes it.
  await page.evaluate(async (action) => {
    const dialog = document.querySelector<HTMLDialogElement>('dialog[open]')!;
    const closed = new Promise((resolve) => dialog.addEventListener('close', resolve, { once: true }));
    dialog.querySelector<HTMLElement>('.dialog-close')!.click();
    await closed;
    document.querySelector<HTMLElement>(`[data-action="${action}"]`)!.click();
  }, action);
  await expect(dialog).toBeVisible();
  await page.evaluate(async (action) => {
    const dialog = document.querySelector<HTMLDialogElement>('dialog[open]')!;
    const closed = new Promise((resolve) => dialog.addEventListener('close', resolve, { once: true }));
    dialog.close();
    document.querySelector<HTMLElement>(`[data-action="${action}"]`)!.click();
    await closed;
  }, action);
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await (await actionButton(page, action)).click();
  await expect(dialog).toBeVisible();
});

/** Opens case after case, until `done`. */
async function visit(page: Page, done: () => Promise<boolean>): Promise<void> {
  await page.goto('/desk/complaints?queue=all');
  const links = page.locator('a.case-link');
  await links.first().waitFor();
  for (const address of await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')!))) {
    await page.goto(address);
    await page.locator('.action-bar').waitFor();
    if (await done()) return;
  }
}

function actionsOf(page: Page): Promise<string[]> {
  return page.locator('[data-action]').evaluateAll((all) => all.map((one) => one.getAttribute('data-action')!));
}

async function look(page: Page, action: string, locale: string): Promise<void> {
  await test.step(action, async () => {
    const button = await actionButton(page, action);
    const dialog = page.getByRole('dialog');
    const escape = async () => {
      await page.keyboard.press('Escape');
      await expect(dialog).toBeHidden();
      await expect(button).toBeFocused();
    };
    await button.press('Enter');
    await expect(dialog).toBeVisible();
    // The focus goes to the first field, or to the button where there is none.
    await expect(dialog.locator('input, select, textarea, button').first()).toBeFocused();
    // Colleagues and departments arrive later than the dialog.
    await page.waitForLoadState('networkidle');
    await narrow(page);
    await axe(page, 'dialog');
    await shot(page, `dialog-${locale}-${action}`, false);
    if (await dialog.locator('[required], input[type="radio"]').count()) await refused(page, `${locale}-${action}`);
    const text = dialog.locator('textarea').first();
    if (await text.count()) {
      await text.fill('正在核实 Being checked');
      await escape();
      await button.press('Enter');
      await expect(text).toHaveValue('正在核实 Being checked');
      await text.fill('');
    }
    await escape();
  });
}

/** Sent empty: what is wrong takes the focus, and leads to the fields. */
async function refused(page: Page, name: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.locator('button[type="submit"]').press('Enter');
  const summary = dialog.getByRole('alert');
  await expect(summary).toBeFocused();
  await expect(dialog.locator('.field-error').first()).toBeVisible();
  await narrow(page);
  await axe(page, 'dialog');
  await shot(page, `dialog-${name}-refused`, false);
  const first = summary.getByRole('link').first();
  const field = (await first.getAttribute('href'))!;
  await first.press('Enter');
  await expect(dialog.locator(field)).toBeFocused();
}

/** Neither the page nor any part of the dialog scrolls sideways. */
async function narrow(page: Page): Promise<void> {
  await fits(page);
  const wide = await page.getByRole('dialog').evaluate((dialog) =>
    [dialog, ...dialog.querySelectorAll('*')]
      .filter((part) => part.scrollWidth > part.clientWidth && getComputedStyle(part).overflowX !== 'visible')
      .map((part) => `${part.tagName}.${part.className}`),
  );
  expect(wide, 'scrolls sideways').toEqual([]);
}
