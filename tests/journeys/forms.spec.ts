// The city's forms: a version is copied, changed, compared and published, and from then on left alone.
import type { Locator, Page } from '@playwright/test';
import { axe, enter, expect, login, shot, test } from './fixtures';
import { fits } from './steps';

const TODAY = '2026-03-02';

const line = (page: Page, code: string): Locator => page.locator(`details[data-line="${code}"]`);
const field = (page: Page, path: string): Locator => page.locator(`[name="content.${path}"]`);

/** Opens the first version of a kind, and copies it into a draft. */
async function copied(page: Page, kind: string): Promise<void> {
  await page.goto('/desk/forms');
  await page.locator(`[data-form="${kind}-1"]`).getByRole('link').click();
  await page.locator('[data-act="copy"]').click();
  await expect(page.locator('[data-status="draft"]')).toBeVisible();
}

async function publish(page: Page, day: string): Promise<void> {
  await page.locator('[data-act="publish"]').click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('[name="validFrom"]').fill(day);
  await axe(page);
  await dialog.locator('button[type="submit"]').click();
}

test('the city copies form D, is refused at 99 points, sees what differs and publishes', async ({ page }) => {
  await login(page, 'city.zhongshan');
  await page.getByRole('link', { name: '评价表', exact: true }).click();
  await expect(page.locator('[data-form="conduct-1"]')).toContainText('使用中');
  await axe(page);
  await shot(page, 'forms');
  await page.locator('[data-form="conduct-1"]').getByRole('link').click();
  await page.locator('[data-act="copy"]').click();
  await expect(page.getByText('已建立第2版草稿。')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('第2版');
  await expect(page.getByText('没有区别。')).toBeVisible();

  await line(page, 'cold').locator('summary').click();
  await field(page, 'dimensions.0.items.1.size.most').fill('2.5');
  await field(page, 'dimensions.0.points').fill('24');
  await expect(page.locator('[data-sum]')).toHaveAttribute('data-sum', '99');
  await expect(page.getByText('有未保存的改动。')).toBeVisible();
  await page.locator('[data-act="publish"]').click();
  await expect(page.getByRole('alert')).toContainText('合计为99，应为100');
  // Nothing that was typed is lost.
  await expect(field(page, 'dimensions.0.points')).toHaveValue('24');
  await expect(field(page, 'dimensions.0.items.1.size.most')).toHaveValue('2.5');
  await axe(page);
  await shot(page, 'form-refused');
  // Nor on the way to another page and back.
  await page.getByRole('link', { name: '返回评价表' }).click();
  await page.locator('[data-form="conduct-2"]').getByRole('link').click();
  await expect(field(page, 'dimensions.0.points')).toHaveValue('24');
  await expect(page.getByText('有未保存的改动。')).toBeVisible();
  await expect(page.getByLabel('对比的版本').locator('option:checked')).toContainText('第1版');

  await field(page, 'dimensions.0.points').fill('25');
  await expect(page.locator('[data-change]')).toHaveCount(1);
  await expect(page.locator('[data-change="cold"]')).toContainText('2 → 2–2.5');
  await page.getByRole('button', { name: '保存草稿' }).click();
  await expect(page.getByText('草稿已保存。')).toBeVisible();
  await expect(page.locator('[data-change="cold"]')).toContainText('2 → 2–2.5');
  await axe(page);
  await shot(page, 'form-draft');
  await publish(page, TODAY);
  await expect(page.getByText(`第2版已发布，${TODAY}起使用。`)).toBeVisible();

  // From now on it stays as it is.
  await expect(page.locator('[data-status="published"]')).toContainText('使用中');
  await expect(page.getByRole('button', { name: '保存草稿' })).toHaveCount(0);
  await expect(page.locator('[data-act="publish"]')).toHaveCount(0);
  await expect(page.locator('[data-act="withdraw"]')).toHaveCount(0);
  await expect(page.locator('[data-preview]')).toContainText('扣2–2.5分');
  await axe(page);
  await shot(page, 'form-published');
  await page.getByRole('link', { name: '返回评价表' }).click();
  await expect(page.locator('[data-form="conduct-2"]')).toContainText('使用中');
  await expect(page.locator('[data-form="conduct-1"]')).not.toContainText('使用中');
});

test('lines of a form are added, moved and removed by keyboard', async ({ page }) => {
  await enter(page, 'city.zhongshan');
  await copied(page, 'good_bad');
  await page.getByRole('button', { name: '增加原因' }).focus();
  await page.keyboard.press('Enter');
  await expect(field(page, 'reasons.7.title.zh')).toBeFocused();
  await page.keyboard.type('排队秩序混乱');
  await page.keyboard.press('Tab');
  await page.keyboard.type('The queue was in disorder');
  await expect(page.locator('[data-preview]')).toContainText('排队秩序混乱');
  await page.getByRole('button', { name: '上移：排队秩序混乱' }).focus();
  await page.keyboard.press('Enter');
  await expect(field(page, 'reasons.6.title.zh')).toHaveValue('排队秩序混乱');
  await expect(page.getByRole('button', { name: '上移：排队秩序混乱' })).toBeFocused();
  await axe(page);
  await page.getByRole('button', { name: '删除：排队秩序混乱' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: '增加原因' })).toBeFocused();
  await expect(page.getByText('没有区别。')).toBeVisible();

  // A text that is missing is named, and the way to it leads into what is folded away.
  await page.getByRole('button', { name: '增加原因' }).click();
  await field(page, 'reasons.7.title.zh').fill('其他');
  await line(page, 'new-1').locator('summary').click();
  await page.locator('[data-act="publish"]').click();
  await page.getByRole('alert').getByRole('link', { name: /英文/ }).click();
  await expect(field(page, 'reasons.7.title.en')).toBeFocused();
});

test('two clerks write one draft, and the second one sees what the first one saved', async ({ page, open }) => {
  await enter(page, 'city.zhongshan');
  await copied(page, 'third_party');
  const other = await open();
  await enter(other, 'city2.zhongshan');
  await other.goto(new URL(page.url()).pathname);
  await field(other, 'groups.0.title.en').fill('Comfort of the hall');
  await other.getByRole('button', { name: '保存草稿' }).click();
  await expect(other.getByText('草稿已保存。')).toBeVisible();

  await field(page, 'groups.1.title.en').fill('Completeness of services');
  await page.getByRole('button', { name: '保存草稿' }).click();
  const theirs = page.getByRole('region', { name: '与他人刚保存的内容的区别' });
  await expect(theirs.locator('[data-change="comfort"]')).toContainText('Comfort of the hall');
  await expect(field(page, 'groups.1.title.en')).toHaveValue('Completeness of services');
  await field(page, 'groups.0.title.en').fill('Comfort of the hall');
  await page.getByRole('button', { name: '保存草稿' }).click();
  await expect(page.getByText('草稿已保存。')).toBeVisible();
  await expect(page.locator('[data-change]')).toHaveCount(2);

  // What is typed after that can be thrown away.
  await field(page, 'groups.2.title.en').fill('Maturity of services');
  await expect(page.locator('[data-change]')).toHaveCount(3);
  await page.getByRole('button', { name: '放弃未保存的改动' }).click();
  await expect(page.getByText('未保存的改动已放弃。')).toBeVisible();
  await expect(field(page, 'groups.2.title.en')).toHaveValue('Maturity');
  await page.reload();
  await expect(page.locator('[data-change]')).toHaveCount(2);
});

test('a draft is withdrawn, a published version is retired, and a center reads without changing', async ({ page, open }) => {
  await enter(page, 'city.zhongshan');
  await copied(page, 'questionnaire');
  await page.locator('[data-act="withdraw"]').click();
  await axe(page);
  await page.getByRole('dialog').locator('button[type="submit"]').click();
  await expect(page.locator('[data-status="withdrawn"]')).toBeVisible();

  const center = await open();
  await enter(center, 'admin.shiqi');
  await center.goto('/desk/work');
  await center.getByRole('link', { name: '评价表', exact: true }).click();
  await expect(center.locator('[data-form]')).toHaveCount(4);
  await center.locator('[data-form="questionnaire-1"]').getByRole('link').click();
  await expect(center.locator('[data-preview]')).toContainText('很不满意');
  await expect(center.locator('[data-act]')).toHaveCount(0);
  await axe(center);

  await page.goto('/desk/forms');
  await page.locator('[data-form="questionnaire-1"]').getByRole('link').click();
  await page.locator('[data-act="retire"]').click();
  await page.getByRole('dialog').locator('button[type="submit"]').click();
  await expect(page.locator('[data-status="retired"]')).toBeVisible();
});

for (const locale of ['zh-CN', 'en-US'] as const) {
  test(`forms fit a phone, ${locale}`, async ({ open }) => {
    const page = await open({ viewport: { width: 320, height: 640 }, locale });
    const look = async (name: string): Promise<void> => {
      await axe(page);
      await fits(page);
      await shot(page, `phone-${locale.slice(0, 2)}-form-${name}`);
    };
    await enter(page, 'city.zhongshan');
    await page.goto('/desk/forms');
    await expect(page.locator('[data-form="conduct-1"]')).toBeVisible();
    await look('list');
    for (const kind of ['conduct', 'questionnaire', 'good_bad', 'third_party']) {
      await copied(page, kind);
      await page.locator('details[data-line] > summary').first().click();
      await look(kind);
      // The other language, as the rater would see it.
      await page.getByRole('button', { name: locale === 'zh-CN' ? 'English' : '中文' }).last().click();
      await expect(page.locator(`[data-preview="${locale === 'zh-CN' ? 'en' : 'zh-CN'}"]`)).toBeVisible();
      await axe(page);
      await fits(page);
    }
  });
}
