// What several journeys do: file as a visitor, take a step on a case as a member of staff.
import { expect, type Locator, type Page } from '@playwright/test';

export const STORY = '在一楼3号窗口补办社保卡，排队两个小时一直没有叫到号，也没有人解释原因。';

/** Nothing sticks out to the side. */
export async function fits(page: Page): Promise<void> {
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(content, `width of ${page.url()}`).toBeLessThanOrEqual(window);
}

/** Files a complaint at 石岐 as a visitor and returns its receipt code and number. */
export async function file(page: Page): Promise<{ code: string; number: string }> {
  await page.goto('/c/shiqi/complain');
  await page.getByLabel('办事拖延').check();
  await page.getByLabel('请说说经过').fill(STORY);
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByLabel('电话').fill('13800009999');
  await page.getByRole('button', { name: '提交投诉' }).click();
  await expect(page.getByRole('heading', { name: '投诉已提交' })).toBeVisible();
  return receipt(page);
}

/** Follows the complaint that was filed in this tab, which remembers its receipt code. */
export async function follow(page: Page): Promise<void> {
  await page.goto('/c/shiqi/track');
  await expect(page.getByRole('heading', { name: '办理过程' })).toBeVisible();
}

/** The receipt code and number that the page shows. */
export async function receipt(page: Page): Promise<{ code: string; number: string }> {
  const text = await page.locator('main').innerText();
  const code = /[0-9A-Z]{5}(-[0-9A-Z]{5}){3}-[0-9A-Z]/.exec(text)?.[0];
  const number = /\d{8}-[0-9A-Z]{5}/.exec(text)?.[0];
  expect(code, 'a receipt code').toBeTruthy();
  expect(number, 'a number').toBeTruthy();
  return { code: code!, number: number! };
}

/** Opens a case from the list by its number. */
export async function openCase(page: Page, number: string): Promise<void> {
  await page.goto('/desk/complaints?queue=all');
  await page.getByRole('searchbox').fill(number);
  await page.getByRole('searchbox').press('Enter');
  // The list of all holds the case too, and goes away under the click when what was found arrives.
  await expect(page.locator('a.case-link')).toHaveCount(1);
  await page.getByRole('link', { name: new RegExp(number) }).click();
  await expect(page.getByRole('heading', { level: 1, name: new RegExp(number) })).toBeVisible();
}

/** Settles a new complaint on the spot and answers it, as a handler. */
export async function answer(page: Page, number: string): Promise<void> {
  await openCase(page, number);
  await act(page, 'screen');
  await act(page, 'accept', {}, ['简单']);
  await act(page, 'resolve_on_spot', { finding: '叫号机断网，当天已修好。' }, ['属实']);
  await act(page, 'give_feedback', { reply: '您好，叫号机已修好，向您致歉。' }, ['电话']);
  await expect(page.getByText('已反馈').first()).toBeVisible();
}

/** Takes a step in its dialog: text fields by name, choices by their label. */
export async function act(
  page: Page,
  action: string,
  fields: Record<string, string> = {},
  choices: string[] = [],
): Promise<void> {
  await (await actionButton(page, action)).click();
  const dialog = page.getByRole('dialog');
  for (const choice of choices) await dialog.getByLabel(choice, { exact: true }).check();
  for (const [name, value] of Object.entries(fields)) {
    const field = dialog.locator(`[name="${name}"]`);
    const tag = await field.evaluate((element) => element.tagName);
    if (tag === 'SELECT') await field.selectOption({ label: value });
    else await field.fill(value);
  }
  await dialog.locator('button[type="submit"]').click();
  await expect(dialog).toBeHidden();
}

/** What the bell says by now about something, for a reason; it stays open. */
export async function told(page: Page, why: string, about: string): Promise<Locator> {
  await page.reload();
  await page.locator('#bell').click();
  await expect(page.locator('#notices [data-notice]').first()).toBeVisible();
  return page.locator(`#notices [data-notice="${why}"]`).filter({ hasText: about });
}

/** The button of an action, brought to light where it is behind the others. */
export async function actionButton(page: Page, action: string): Promise<Locator> {
  const button = page.locator(`[data-action="${action}"]`).first();
  // The buttons come with the case, and change after each step.
  await button.waitFor({ state: 'attached' });
  if (!(await button.isVisible())) await page.locator('.more > summary').first().click();
  return button;
}
