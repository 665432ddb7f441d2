// That `axe` finds something where there is something: every other journey only says that it finds nothing.
import { axe, expect, test } from './fixtures';

test('what has no name and what is pale is found, on the page and in a part of it', async ({ page }) => {
  await page.goto('/c/shiqi');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await axe(page);
  await page.evaluate(() => {
    const pale = document.createElement('p');
    pale.style.cssText = 'color: rgb(200 200 200); background: white';
    pale.textContent = '看不清的文字';
    document.querySelector('main')!.append(pale, document.createElement('button'));
  });
  await expect(axe(page)).rejects.toThrow(/button-name[\s\S]*color-contrast/);
  await expect(axe(page, 'main')).rejects.toThrow(/button-name/);
  await axe(page, 'header');
});
