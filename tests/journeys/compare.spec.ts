// The city compares its centers: a funnel first, then why; a center sees its own place among others without names; the
// screen on a wall; what is printed; and questions that cannot be asked.
//
// What it needs of the demo (analytics::demo), at NOW:
// - ratings in every center from 1 December 2025 on, so that January is a closed month;
// - in the last 30 days all centers alike (about 95 % satisfied) but for 三乡镇, which is outside of 99.8 %: at the kiosk, and
//   only there, four of ten are dissatisfied, beginning with the week of 9 February (小榄镇 and 古镇镇 are outside of 95 %);
// - volumes from 五桂山街道 with fewer than 30 to 小榄镇 with the most;
// - at 石岐街道 at least 30 ratings in January.
import type { Locator, Page } from '@playwright/test';
import { NOW, axe, enter, expect, login, shot, test, type Account } from './fixtures';
import { fits } from './steps';

const PHONE = { viewport: { width: 320, height: 640 } };
const CENTERS = 23;
const TOWNS = 15;
const PAGES = ['', '/trend', '/multiples', '/periods', '/ranking', '/report', '/publications', '/centers/sanxiang'];

/** Signs in at a machine whose clock is right: the pages ask about the days up to today. */
async function signIn(page: Page, account: Account): Promise<void> {
  await page.clock.setFixedTime(NOW);
  await login(page, account);
}

/** Goes through the page by the Tab key until something has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let n = 0; n < 120; n += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  await expect(target).toBeFocused();
}

for (const [locale, name, words] of [
  ['zh-CN', '三乡镇', { title: '镇街对比', why: '查看原因：三乡镇', look: '与全市没有差别' }],
  ['en-US', 'Sanxiang', { title: 'Compare centers', why: 'See why: Sanxiang', look: 'Like the rest' }],
] as const) {
  test(`a city administrator finds within a minute who differs and why, in ${locale}`, async ({ open }) => {
    const page = await open({ locale });
    await signIn(page, 'city.zhongshan');
    const began = Date.now();
    await expect(page.getByRole('heading', { level: 1, name: words.title })).toBeVisible();
    // Which: one of twenty-three, far outside; the picture says so in words as well.
    const finding = page.locator('[data-finding="sanxiang"]');
    await expect(finding).toHaveAttribute('data-outside', '998');
    await expect(page.locator('[data-outside="998"]')).toHaveCount(1);
    await expect(page.getByRole('img', { name: new RegExp(name) })).toBeVisible();
    // Why: the kiosk and nothing else, since the second week of February.
    await finding.getByRole('link', { name: words.why }).click();
    await expect(page.locator('[data-part="kiosk"]')).toHaveAttribute('data-band', 'low');
    await expect(page.locator('[data-part="qr"]')).toContainText(words.look);
    await expect(page.locator('[data-metric="satisfaction_rate"]')).toHaveAttribute('data-band', 'low');
    expect(Date.now() - began, 'milliseconds from signing in to the answer').toBeLessThan(60_000);
    await axe(page);
    await shot(page, `compare-center-${locale}`);
  });
}

test('the funnel, its table and its definition, by the keyboard and on paper', async ({ page }) => {
  await signIn(page, 'city.zhongshan');
  const rows = page.locator('tr[data-center]');
  await expect(rows).toHaveCount(CENTERS);
  // What is furthest out stands first; whoever has too few has no verdict.
  await expect(rows.first()).toHaveAttribute('data-center', 'sanxiang');
  await expect(page.locator('tr[data-center="wuguishan"]')).toHaveAttribute('data-band', 'too_few');
  await axe(page);
  await fits(page);
  await shot(page, 'compare-funnel');

  // Sorted by value, nobody with too few stands above somebody with enough.
  await page.getByRole('button', { name: '数值' }).click();
  await expect(rows.last()).toHaveAttribute('data-center', 'wuguishan');

  // The picture opens its definition, and the focus comes back.
  const about = page.getByRole('button', { name: '“满意率”的口径' });
  await about.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.locator('[data-definition]')).toHaveText('satisfaction_rate.v1');
  await expect(dialog).toContainText('2026-02-01 至 2026-03-01');
  await axe(page, 'dialog');
  await shot(page, 'compare-definition', false);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(about).toBeFocused();

  // A row that has the focus is shown in the picture, and Enter opens the center.
  const link = page.locator('tr[data-center="sanxiang"]').getByRole('link');
  await tabTo(page, link);
  await expect(page.locator('.dot-ring')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/desk\/compare\/centers\/sanxiang/);
  await expect(page.locator('[data-metric]').first()).toBeVisible();

  // Printed, everything is black, and told by its shape.
  await page.goto('/desk/compare');
  await expect(page.locator('path.dot-act').first()).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.ways-between')).toBeHidden();
  await expect(page.locator('path.dot-act').first()).toHaveCSS('fill', 'rgb(0, 0, 0)');
  await expect(page.locator('path.chart-limit-95').first()).toHaveCSS('stroke-dasharray', '6px, 4px');
  await shot(page, 'compare-funnel-print');
});

test('another figure, another part and another period are an address each', async ({ page }) => {
  await signIn(page, 'city.zhongshan');
  await page.locator('select[name="metric"]').selectOption('bad_rating_rate');
  await page.locator('select[name="stratum"]').selectOption('qr');
  await page.getByRole('button', { name: '显示', exact: true }).click();
  await expect(page).toHaveURL(/metric=bad_rating_rate.*stratum=qr/);
  await expect(page.getByRole('heading', { name: /^差评率/ })).toBeVisible();
  // Without its kiosks the center is like the rest.
  await expect(page.locator('tr[data-center="sanxiang"]')).toHaveAttribute('data-band', 'middle');
  // Among towns alone.
  await page.locator('select[name="peers"]').selectOption('town');
  await page.getByRole('button', { name: '显示', exact: true }).click();
  await expect(page).toHaveURL(/peers=town/);
  await expect(page.locator('tr[data-center]')).toHaveCount(TOWNS);
  await expect(page.locator('tr[data-center="shiqi"]')).toHaveCount(0);
  await page.getByRole('link', { name: '近12个月' }).click();
  await expect(page).toHaveURL(/from=2025-04-01/);
  await page.getByRole('link', { name: '走势', exact: true }).click();
  await expect(page).toHaveURL(/\/trend\?metric=bad_rating_rate/);
  await expect(page.getByRole('img', { name: /2026-0[23]-01/ })).toBeVisible();
  await page.locator('select[name="center"]').selectOption('sanxiang');
  await expect(page).toHaveURL(/center=sanxiang/);
  await axe(page);
  await shot(page, 'compare-trend');
  // A closed month says so.
  await page.goto('/desk/compare?from=2026-01-01&to=2026-01-31&metric=satisfaction_rate');
  await expect(page.getByText('本期数据已经冻结。')).toBeVisible();
});

test('points by form D stand side by side, by who rated, and nobody is judged by them', async ({ page }) => {
  await page.clock.setFixedTime(NOW);
  await enter(page, 'city.zhongshan');
  await page.goto('/desk/compare?metric=form_d_mean&from=2025-12-01&to=2026-03-02');
  await expect(page.locator('select[name="stratum"]')).toHaveValue('deputies');
  await expect(page.getByText('只并列各中心的数值，不判断高低').first()).toBeVisible();
  await expect(page.locator('[data-finding]')).toHaveCount(0);
  // Bars, not a funnel: the table of the picture names the center with its mean.
  const bars = page.getByRole('region', { name: /表D指标得分/ });
  await expect(bars.getByRole('row', { name: /石岐街道/ })).toContainText('99.8');
  await axe(page);
  await shot(page, 'compare-points');
});

test('questions that cannot be asked are refused in words', async ({ page }) => {
  await signIn(page, 'city.zhongshan');
  for (const [query, text] of [
    ['from=2026-02-30&to=2026-03-01', '没有这样的日期'],
    ['from=2026-02-20&to=2026-02-01', '结束日期不能早于开始日期。'],
    ['from=2012-01-01&to=2026-01-01', '时间不能超过3年'],
    ['from=2027-01-01&to=2027-01-31', '开始日期还没有到。'],
    ['metric=satisfaction_rate.v0', '口径版本已经更新'],
    ['metric=on_time_rate&stratum=qr', '不能按这个渠道或类别查看'],
    ['peers=village', '没有这一类镇街'],
  ]) {
    await page.goto(`/desk/compare?${query}`);
    await expect(page.getByRole('alert')).toContainText(text);
    await axe(page);
  }
  // In the form the rule stands at its field, and what was typed stays.
  await page.goto('/desk/compare');
  await page.locator('input[name="from"]').fill('2026-02-20');
  await page.locator('input[name="to"]').fill('2026-02-01');
  await page.getByRole('button', { name: '显示', exact: true }).click();
  await expect(page.locator('#compare-to-error')).toHaveText('结束日期不能早于开始日期。');
  await expect(page.locator('input[name="from"]')).toHaveValue('2026-02-20');
  await axe(page);
  await page.locator('input[name="to"]').fill('2026-02-28');
  await page.getByRole('button', { name: '显示', exact: true }).click();
  await expect(page).toHaveURL(/from=2026-02-20&to=2026-02-28/);
  // Another city's center, or none, is not there.
  await page.goto('/desk/compare/centers/nowhere');
  await expect(page.getByRole('alert').first()).toBeVisible();
});

test('a list to print is made of bands, with intervals and volumes', async ({ page }) => {
  await signIn(page, 'city.zhongshan');
  await page.goto('/desk/compare/ranking');
  await expect(page.locator('[data-band="low"] tr[data-center]')).toHaveCount(1);
  await expect(page.locator('[data-band="low"]')).toContainText('三乡镇');
  await expect(page.locator('[data-band="too_few"]')).toContainText('五桂山街道');
  const middle = page.locator('[data-band="middle"] tr[data-center]');
  expect(await middle.count()).toBeGreaterThan(15);
  // A value, its interval, and of how many, in every row.
  await expect(middle.first()).toContainText(/\d%.*\d%–.*\d%/s);
  await expect(page.locator('[data-ranking]')).toContainText('satisfaction_rate.v1');
  await expect(page.locator('[data-ranking]')).not.toContainText(/第\s*\d+\s*名/);
  await axe(page);
  await shot(page, 'compare-ranking');
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.print-document')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toBeHidden();
  await expect(page.getByRole('button', { name: '打印' })).toBeHidden();
  await shot(page, 'compare-ranking-print');
});

test('the screen on a wall turns by itself, can be stopped and leads to nobody', async ({ page }) => {
  await page.clock.install({ time: NOW });
  await enter(page, 'city.zhongshan');
  await page.goto('/desk/wall');
  const screen = page.locator('main[data-wall]');
  await expect(page.getByRole('heading', { level: 1, name: '全市满意率' })).toBeVisible();
  await expect(page.locator('.wall-number')).toContainText('%');
  await expect(page.getByRole('navigation')).toHaveCount(0);
  await expect(page.getByRole('link')).toHaveCount(1);
  await expect(screen).toHaveCSS('background-color', 'rgb(12, 27, 32)');
  await axe(page);
  await shot(page, 'compare-wall', false);
  await page.clock.fastForward(21_000);
  await expect(screen).not.toHaveAttribute('data-wall', 'satisfaction_rate');
  await page.getByRole('button', { name: '停在此页' }).click();
  const stopped = await screen.getAttribute('data-wall');
  await page.clock.fastForward(21_000);
  await expect(screen).toHaveAttribute('data-wall', stopped!);
  await page.getByRole('button', { name: '下一页' }).click();
  await expect(screen).not.toHaveAttribute('data-wall', stopped!);
  await page.setViewportSize(PHONE.viewport);
  await fits(page);
  await axe(page);
});

test('a center sees its own place, and names only once two of the city have published', async ({ page, open }) => {
  test.slow();
  await signIn(page, 'admin.shiqi');
  await page.getByRole('link', { name: '全市对比' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '本中心与全市相比' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 2, name: '2026-01' })).toBeVisible();
  const card = page.locator('[data-standing="satisfaction_rate"]');
  await expect(card.locator('.headline')).toContainText('%');
  await expect(card.getByRole('img', { name: /另有 \d+ 个中心可以比较/ })).toBeVisible();
  // Nobody else's name, in no part of the page.
  const others = ['小榄镇', '三乡镇', '五桂山街道', 'Sanxiang', 'sanxiang'];
  for (const name of others) await expect(page.locator('main')).not.toContainText(name);
  await expect(card.getByRole('link', { name: '查看对应的记录' })).toHaveAttribute('href', '/desk/ratings');
  await axe(page);
  await fits(page);
  await shot(page, 'compare-standing');
  // The city's own pages are not the center's.
  await page.goto('/desk/compare');
  await expect(page.getByRole('alert').first()).toBeVisible();
  await expect(page.locator('[data-finding]')).toHaveCount(0);

  const city = await open();
  await signIn(city, 'city.zhongshan');
  await city.goto('/desk/compare/publications');
  await city.getByRole('button', { name: '提出公布' }).first().click();
  const dialog = city.getByRole('dialog');
  await dialog.locator('[name="period"]').fill('2026-13');
  await dialog.locator('button[type="submit"]').click();
  await expect(dialog.getByRole('alert')).toContainText('没有这样的日期或统计期');
  await dialog.locator('[name="period"]').fill('2026-01');
  await expect(dialog.locator('[name="formulaZh"]')).toHaveValue(/满意率＝/);
  await axe(city, 'dialog');
  await dialog.locator('button[type="submit"]').click();
  await expect(city.locator('[data-publication="proposed"]')).toContainText('等待另一位市级管理员审核。');
  await expect(city.getByRole('button', { name: '审核公布' })).toHaveCount(0);
  await shot(city, 'compare-publications');
  await page.goto('/desk/standing');
  await expect(card.locator('.headline')).toBeVisible();
  for (const name of others) await expect(page.locator('main')).not.toContainText(name);

  const second = await open();
  await signIn(second, 'city2.zhongshan');
  await second.goto('/desk/compare/publications');
  await second.getByRole('button', { name: '审核公布' }).click();
  await second.getByRole('dialog').locator('button[type="submit"]').click();
  await expect(second.locator('[data-publication="published"]')).toHaveCount(1);
  await page.reload();
  await expect(page.locator('[data-published]')).toContainText('满意率＝');
  await card.locator('summary').click();
  await expect(card.locator('tr[data-center="sanxiang"]')).toContainText('三乡镇');
  await expect(card.locator('tr[data-center]')).toHaveCount(CENTERS);
  // Of what was not published there are still no names.
  await expect(page.locator('[data-standing="bad_rating_rate"] tr[data-center]')).toHaveCount(0);
  await axe(page);
});

test('the report is drafted from the figures, edited, printed and issued', async ({ page }) => {
  await signIn(page, 'city.zhongshan');
  await page.goto('/desk/compare/report');
  await expect(page.locator('[data-report]')).toContainText('关于2026-01政务服务评价情况的通报');
  await expect(page.locator('[data-report]').getByRole('img').first()).toBeVisible();
  await expect(page.locator('#report-overdue')).toBeVisible();
  const practice = page.locator('[name="practice"]');
  await practice.fill('小榄镇设“午间不打烊”窗口，群众反映好。');
  await expect(page.locator('[data-report]')).toContainText('午间不打烊');
  await axe(page);
  await shot(page, 'compare-report');
  await page.getByRole('button', { name: '保存草稿' }).click();
  await expect(page.getByText('已保存。').first()).toBeVisible();
  await page.reload();
  await expect(practice).toHaveValue('小榄镇设“午间不打烊”窗口，群众反映好。');
  await page.emulateMedia({ media: 'print' });
  await expect(practice).toBeHidden();
  await expect(page.locator('.print-document')).toContainText('午间不打烊');
  await shot(page, 'compare-report-print');
  await page.emulateMedia({ media: 'screen' });
  await page.getByRole('button', { name: '印发', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: '印发', exact: true }).click();
  await expect(page.getByText('通报已印发。').first()).toBeVisible();
  await expect(practice).toHaveCount(0);
  await expect(page.locator('[data-report]')).toContainText('午间不打烊');
});

test('a thousand centers are fifty rows and a handful of elements', async ({ page }) => {
  // The same answer with a thousand centers in it: what is measured is the page.
  await page.route('**/graphql', async (route) => {
    const response = await route.fetch();
    const answer = await response.json();
    const data = answer.data?.compareCenters;
    if (data?.centers) {
      data.centers = Array.from({ length: 1000 }, (_, n) => {
        const row = data.centers[n % data.centers.length];
        const denominator = row.denominator === null ? null : row.denominator + (n * 37) % 900;
        return { ...row, denominator, center: { ...row.center, code: `${row.center.code}-${n}`, nameZh: `${row.center.nameZh}${n}` } };
      });
    }
    await route.fulfill({ response, json: answer });
  });
  await signIn(page, 'city.zhongshan');
  await expect(page.locator('tr[data-center]')).toHaveCount(50);
  const picture = page.locator('svg.chart-picture[role="img"]');
  // A thousand points are a handful of elements.
  expect(await picture.locator('path').count()).toBeLessThan(20);
  const box = (await picture.boundingBox())!;
  const move = (x: number, y: number) =>
    page.evaluate(
      async ([x, y]) => {
        const at = { bubbles: true, clientX: x, clientY: y };
        document.querySelector('svg.chart-picture[role="img"]')!.dispatchEvent(new MouseEvent('mousemove', at));
        await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
      },
      [x, y],
    );
  const press = (name: string) =>
    page.evaluate(async (name) => {
      const buttons = [...document.querySelectorAll('button')];
      buttons.find((button) => button.textContent!.includes(name))!.click();
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    }, name);
  const took: number[] = [];
  const timed = async (act: () => Promise<unknown>) => {
    const began = performance.now();
    await act();
    took.push(performance.now() - began);
  };
  for (let n = 1; n < 16; n += 1) await timed(() => move(box.x + (box.width * n) / 16, box.y + box.height / 2));
  for (const name of ['数值', '样本量', '下一页', '与全市相比']) await timed(() => press(name));
  took.sort((a, b) => a - b);
  // Printed, not asserted: the machine may be busy.
  console.log(`interaction with 1,000 centers: median ${took[9].toFixed(0)} ms, slowest ${took.at(-1)!.toFixed(0)} ms`);
  await shot(page, 'compare-thousand');
});

test('every page of the comparison fits a phone, in both languages', async ({ open }) => {
  test.slow();
  for (const [locale, language] of [['zh-CN', 'zh'], ['en-US', 'en']] as const) {
    const page = await open({ ...PHONE, locale });
    await signIn(page, 'city.zhongshan');
    for (const path of PAGES) {
      await page.goto(`/desk/compare${path}`);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.locator('.loading')).toHaveCount(0);
      await axe(page);
      await fits(page);
      await shot(page, `phone-${language}-compare${path.replaceAll('/', '-')}`);
    }
    const center = await open({ ...PHONE, locale });
    await signIn(center, 'admin.shiqi');
    await center.goto('/desk/standing');
    await expect(center.locator('[data-standing]').first()).toBeVisible();
    await axe(center);
    await fits(center);
    await shot(center, `phone-${language}-standing`);
  }
});
