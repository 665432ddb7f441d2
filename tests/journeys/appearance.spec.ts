// Checks of appearance: a heel too high by its number, what does not apply, the answer of whoever was checked; the center's
// pictures of dress and the photo of a signboard.
import type { Locator, Page } from '@playwright/test';
import { axe, enter, expect, login, shot, test } from './fixtures';
import { fits } from './steps';

const item = (page: Page, code: string): Locator => page.locator(`[data-item="${code}"]`);

/** Chooses from a list by what it shows, once that has come. */
async function choose(part: Locator, name: string, text: RegExp): Promise<void> {
  const select = part.locator(`select[name="${name}"]`);
  await expect(select.locator('option').filter({ hasText: text })).toHaveCount(1);
  await select.evaluate((element, source) => {
    const select = element as HTMLSelectElement;
    const option = [...select.options].find((option) => new RegExp(source).test(option.text));
    select.value = option!.value;
    select.dispatchEvent(new Event('change', { bubbles: true }));
  }, text.source);
}

/** Whom it is about: the browser's day is not the server's. */
async function whom(page: Page): Promise<void> {
  const form = page.locator('main form');
  await choose(form, 'post', /2号综合受理窗口/);
  await choose(form, 'staff', /梁惠珍/);
  await page.locator('[name="on"]').fill('2026-03-02');
  await expect(item(page, 'A3')).toBeVisible();
}

async function shown(page: Page, images: string, count: number): Promise<void> {
  const pictures = page.locator(images);
  await expect(pictures).toHaveCount(count);
  for (const picture of await pictures.all()) {
    await picture.scrollIntoViewIfNeeded();
    await expect.poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(0);
  }
}

test('a heel too high fails by its number, and whoever was checked answers once', async ({ page, open }) => {
  await login(page, 'supervisor.shiqi');
  await page.getByRole('link', { name: '岗位工作' }).click();
  await page.getByRole('link', { name: '仪容仪表检查' }).click();
  // The demo's badges: five people without one, and one of them twice.
  await expect(page.locator('[data-failing="A4"]')).toContainText('5 人');
  await expect(page.locator('[data-repeat="A4"]')).toContainText('梁惠珍');
  await axe(page);
  await shot(page, 'appearance-list');

  await page.getByRole('link', { name: '检查人员' }).click();
  const save = page.getByRole('button', { name: '保存检查结果' });
  await expect(page.getByText('选择被检查人后显示检查项目。')).toBeVisible();
  await save.click();
  await expect(page.getByText('此项不能为空。').first()).toBeVisible();
  await whom(page);
  // Neither the person's sex nor their party decides what supervision is asked.
  await expect(item(page, 'A3')).toContainText('深色皮鞋，鞋跟不过高');
  await expect(item(page, 'A12')).toContainText('男士鬓角不长，女士长发束起');
  await expect(item(page, 'A5')).toHaveCount(0);
  await expect(item(page, 'A7')).toHaveCount(0);
  await item(page, 'A3').locator('[name="heel"]').fill('4.5');
  await item(page, 'A21').locator('[name="pieces"]').fill('1');
  await item(page, 'A15').getByText('不适用', { exact: true }).click();
  await page.getByRole('button', { name: '其余均符合' }).click();
  await expect(page.getByText('其余项目已选“符合”。')).toBeVisible();
  await save.click();
  await expect(item(page, 'A15').getByText('不适用的项目请写明原因。')).toBeVisible();
  await axe(page);
  await shot(page, 'appearance-new');
  await item(page, 'A15').locator('[name="remark"]').fill('检查时没有群众递交材料。');
  await choose(page.locator('main form'), 'phrase', /系统慢，我也没办法/);
  await save.click();

  await expect(page.getByRole('heading', { level: 1, name: '梁惠珍 · 2026-03-02' })).toBeVisible();
  await expect(item(page, 'A3')).toHaveAttribute('data-mark', 'fail');
  await expect(item(page, 'A3')).toContainText('超过规定');
  await expect(item(page, 'A15')).toContainText('检查时没有群众递交材料。');
  await expect(page.locator('main')).not.toContainText('4.5');
  await expect(page.getByText('系统慢，我也没办法')).toBeVisible();
  await expect(page.locator('main form')).toHaveCount(0);
  await axe(page);
  await shot(page, 'appearance-check');

  const person = await open();
  await enter(person, 'staff.shiqi');
  await person.goto('/desk/appearance');
  await expect(person.getByText('被检查人看得到本人的每次检查')).toBeVisible();
  // Nobody's but their own, and no figures about others.
  await expect(person.locator('[data-last]')).toHaveCount(0);
  await axe(person);
  await person.locator('[data-check]').first().getByRole('link').click();
  await expect(item(person, 'A3')).toContainText('超过规定');
  await person.getByRole('button', { name: '提交回应' }).click();
  await expect(person.getByText('此项不能为空。').first()).toBeVisible();
  await person.locator('[name="text"]').fill('皮鞋送修，今天借穿，明天换回。');
  await person.getByRole('button', { name: '提交回应' }).click();
  await expect(person.getByText('皮鞋送修，今天借穿，明天换回。')).toBeVisible();
  await expect(person.locator('main form')).toHaveCount(0);
  await axe(person);
  await shot(person, 'appearance-answered');

  await page.reload();
  await expect(page.getByText('皮鞋送修，今天借穿，明天换回。')).toBeVisible();
});

test('the administrator hangs up pictures of dress and the photo of a signboard', async ({ page, open }) => {
  await enter(page, 'admin.shiqi');
  await page.goto('/desk/appearance');
  await expect(page.getByText('还没有上传示意图。')).toBeVisible();
  const photo = await page.screenshot({ type: 'jpeg' });
  await page.getByRole('button', { name: '更换示意图' }).click();
  const form = page.getByRole('dialog');
  const files = ['女士.jpg', '男士.jpg'].map((name) => ({ name, mimeType: 'image/jpeg', buffer: photo }));
  await form.locator('[name="files"]').setInputFiles(files);
  await expect(form.locator('.uploads img')).toHaveCount(2);
  await axe(page);
  await form.locator('button[type="submit"]').click();
  await expect(form).toBeHidden();
  await shown(page, 'img[alt^="着装示意图"]', 2);
  await axe(page);
  await shot(page, 'appearance-pictures');

  await page.goto('/desk/posts');
  await page.locator('[data-post="w02"]').getByRole('link').first().click();
  await page.getByRole('button', { name: '上传照片' }).click();
  await form.locator('[name="photo"]').setInputFiles({ name: '标识牌.jpg', mimeType: 'image/jpeg', buffer: photo });
  await expect(form.locator('.uploads img')).toBeVisible();
  await form.locator('button[type="submit"]').click();
  await expect(form).toBeHidden();
  await shown(page, 'img[alt="2号综合受理窗口的标识牌"]', 1);
  await axe(page);
  await shot(page, 'post-signboard');

  const staff = await open();
  await enter(staff, 'staff.shiqi');
  await staff.goto(page.url());
  await shown(staff, 'img[alt="2号综合受理窗口的标识牌"]', 1);
  await staff.goto('/desk/appearance');
  await shown(staff, 'img[alt^="着装示意图"]', 2);
  await expect(staff.getByRole('button', { name: '更换示意图' })).toHaveCount(0);
});

for (const locale of ['zh-CN', 'en-US'] as const) {
  test(`checks of appearance fit a phone, ${locale}`, async ({ open }) => {
    const name = `phone-${locale.slice(0, 2)}-appearance`;
    const page = await open({ viewport: { width: 320, height: 640 }, locale });
    await enter(page, 'supervisor.shiqi');
    await page.goto('/desk/appearance');
    await expect(page.locator('[data-check]').first()).toBeVisible();
    await axe(page);
    await fits(page);
    await shot(page, name);
    await page.locator('[data-check] a').first().click();
    await expect(page.locator('[data-mark="fail"]').first()).toBeVisible();
    await axe(page);
    await fits(page);
    await shot(page, `${name}-check`);
    await page.goto('/desk/appearance/new');
    await whom(page);
    await item(page, 'A15').locator('input[type="radio"]').last().check();
    await expect(item(page, 'A15').locator('[name="remark"]')).toBeVisible();
    await axe(page);
    await fits(page);
    await shot(page, `${name}-new`);
  });
}
