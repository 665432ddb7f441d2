// What every journey starts from: a server of its own with the demo data, and pages that are watched.
//
//   import { test, expect, login, axe, shot } from './fixtures';
//   test('a handler sees the inbox', async ({ page }) => {
//     await login(page, 'handler.shiqi');
//     await axe(page);
//     await shot(page, 'inbox');
//   });
//
// Tests share nothing: each gets a copy of one seeded database, at the same instant, so they run in any order.
import { spawn, execFileSync, type ChildProcess } from 'node:child_process';
import { closeSync, cpSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test as base, expect, type BrowserContext, type BrowserContextOptions, type Page } from '@playwright/test';

export { expect };

/** Monday 2 March 2026, 09:30 in Zhongshan: an ordinary working day. The server's clock starts here and ticks. */
export const NOW = '2026-03-02T09:30:00+08:00';
/** When the demo is filled: so long before that nothing of it is told later than what a journey does. */
const FILLED = '2026-03-02T09:20:00+08:00';

export type Account = 'volunteer.shiqi' | 'coordinator.shiqi' | 'handler.shiqi' | 'staff.shiqi' | 'admin.shiqi' | 'supervisor.shiqi' | 'lead.shiqi' | 'party.shiqi' | 'women.shiqi' | 'youth.shiqi' | 'standard.shiqi' | 'talent.shiqi' | 'city.zhongshan' | 'city2.zhongshan' | 'reviewer.zhongshan' | 'security.zhongshan' | 'auditor.zhongshan';
export const PASSWORD = 'demo-gangping-2026';

const root = fileURLToPath(new URL('../..', import.meta.url));
const target = process.env.CARGO_TARGET_DIR ?? join(root, 'target');
const gangping = process.env.GANGPING_BIN ?? join(target, 'debug', 'gangping');
const screenshots = join(root, 'target', 'screenshots');
const axeSource = readFileSync(join(root, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');

/** Another person at another device: a page in its own browser context, watched like `page`. */
export type Open = (options?: BrowserContextOptions) => Promise<Page>;

type Server = {
  url: string;
  /** When the server's clock stood at NOW, within the second that its start takes. */
  started: number;
  /** Lets time pass: the same server on the same database, at a later instant. Open pages stay open. */
  travel: (to: string) => Promise<void>;
  /** Whether it was started again by that: a page that asks by itself at that moment finds nobody there. */
  travelled: () => boolean;
};

type TestFixtures = {
  server: Server;
  /** What this test's server is told besides, such as APP__SECURITY__… */
  settings: Record<string, string>;
  open: Open;
  /** What a test provokes on purpose: problems matching one of these do not fail it. */
  allowedProblems: RegExp[];
};
type WorkerFixtures = { seeded: string };

export const test = base.extend<TestFixtures, WorkerFixtures>({
  // The folder with the demo database, made once per worker and only ever copied.
  seeded: [
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'gangping-'));
      const env = { ...environment(folder), APP__CLOCK: FILLED, RUST_LOG: 'warn' };
      execFileSync(gangping, ['demo'], { cwd: folder, env, stdio: ['ignore', 'ignore', 'inherit'] });
      await use(folder);
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 60_000 },
  ],

  settings: [{}, { option: true }],

  server: async ({ seeded, settings }, use, testInfo) => {
    const folder = mkdtempSync(join(tmpdir(), 'gangping-'));
    cpSync(seeded, folder, { recursive: true });
    const listen = `127.0.0.1:${await freePort()}`;
    const url = `http://${listen}`;
    const log = testInfo.outputPath('server.log');
    mkdirSync(testInfo.outputDir, { recursive: true });
    const out = openSync(log, 'w');
    let child: ChildProcess | undefined;
    let travelled = false;
    const travel = (to: string) => {
      travelled = true;
      return start(to);
    };
    const start = async (clock: string) => {
      if (child) await stop(child);
      const env = { ...environment(folder, listen), ...settings, APP__CLOCK: clock };
      child = spawn(gangping, ['serve'], { cwd: folder, env, stdio: ['ignore', out, out] });
      await ready(url, child, log);
    };
    try {
      const started = Date.now();
      await start(NOW);
      await use({ url, started, travel, travelled: () => travelled });
    } finally {
      if (child) await stop(child);
      closeSync(out);
      rmSync(folder, { recursive: true, force: true });
      if (testInfo.status !== testInfo.expectedStatus) await testInfo.attach('server.log', { path: log });
    }
  },

  baseURL: async ({ server }, use) => use(server.url),

  allowedProblems: [[], { option: true }],

  context: async ({ context, server, allowedProblems }, use) => {
    const problems = watch(context, server.url);
    await use(context);
    expectNone(problems, allowedProblems, server);
  },

  open: async ({ browser, server, locale, timezoneId, allowedProblems }, use) => {
    const problems: string[] = [];
    const contexts: BrowserContext[] = [];
    await use(async (options) => {
      const context = await browser.newContext({ baseURL: server.url, locale, timezoneId, ...options });
      contexts.push(context);
      watch(context, server.url, problems);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
    expectNone(problems, allowedProblems, server);
  },
});

/** Signs in through the login page, as a person would, and waits until it has been left. */
export async function login(page: Page, account: Account): Promise<void> {
  await page.goto('/desk/login');
  await page.locator('input[name="login"]').fill(account);
  await page.locator('input[name="password"]').fill(PASSWORD);
  await page.locator('input[name="password"]').press('Enter');
  // Hashing a password is slow on purpose, and slower on a busy machine.
  await expect(page).not.toHaveURL(/\/desk\/login/, { timeout: 30_000 });
  // One's first page may be another entry point's, which loads anew.
  await expect(page.getByRole('heading', { level: 1 }).filter({ hasNotText: /登录|sign.in/i }).first()).toBeVisible();
}

/** Signs in without a page, where none is looked at before the journey opens its own. */
export async function enter(page: Page, account: Account): Promise<void> {
  const answer = await page.request.post('/graphql', {
    headers: { 'x-requested-with': 'gangping' },
    data: {
      query: 'mutation($i: SignInInput!) { signIn(input: $i) { displayName } }',
      variables: { i: { login: account, password: PASSWORD } },
    },
  });
  expect((await answer.json()).errors, `${account} signs in`).toBeUndefined();
}

type Found = { violations: { id: string; help: string; nodes: { target: string[]; failureSummary?: string }[] }[] };
type Axe = { run: (part: Document | string, options: object) => Promise<Found> };
type WithAxe = { axe?: Axe };

/** No violation of WCAG 2.1 A and AA that a machine can see, on the page or in a part of it. */
export async function axe(page: Page, part?: string): Promise<void> {
  // In the page itself, brought there once per document: axe's own wrapper opens a page besides for each look.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
  const found = await page.evaluate((part) => {
    const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];
    return (window as WithAxe).axe!.run(part ?? document, { runOnly, resultTypes: ['violations'] });
  }, part);
  const violations = found.violations.map(({ id, help, nodes }) => ({
    rule: `${id}: ${help}`,
    where: nodes.map((node) => `${node.target.join(' ')}  ${node.failureSummary ?? ''}`),
  }));
  expect(violations, `accessibility of ${page.url()}`).toEqual([]);
}

/** Keeps the page as target/screenshots/NAME.png, to be looked at and for the README: in CI nobody looks. */
export async function shot(page: Page, name: string, fullPage = true): Promise<void> {
  if (process.env.CI) return;
  await page.screenshot({ path: join(screenshots, `${name}.png`), fullPage, animations: 'disabled' });
}

// Collects whatever a page should never do. Violations of the Content-Security-Policy arrive as console errors.
function watch(context: BrowserContext, origin: string, problems: string[] = []): string[] {
  const ours = (url: string) => url.startsWith(`${origin}/`);
  context.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => problems.push(`uncaught: ${error.error()}`));
  context.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? '';
    // Leaving a page ends the requests it still had open.
    if (ours(request.url()) && reason !== 'net::ERR_ABORTED') problems.push(`request: ${request.url()} ${reason}`);
  });
  context.on('request', (request) => {
    const url = request.url();
    if (/^https?:/.test(url) && !ours(url)) problems.push(`request to a third party: ${url}`);
  });
  return problems;
}

// What a page that refreshes itself is told while the server starts again.
const AWAY = /net::ERR_(CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE)/;

function expectNone(problems: string[], allowed: RegExp[], server: Server): void {
  const patterns = server.travelled() ? [...allowed, AWAY] : allowed;
  const left = problems.filter((problem) => !patterns.some((pattern) => pattern.test(problem)));
  expect(left, 'problems the browser reported').toEqual([]);
}

function environment(folder: string, listen?: string): NodeJS.ProcessEnv {
  // Nothing of the caller's own configuration may reach a test.
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('APP__'));
  return {
    ...Object.fromEntries(inherited),
    APP__DATABASE__URL: `sqlite://${join(folder, 'gangping.db')}`,
    APP__HTTP__DIST: join(root, 'dist'),
    APP__DEMO: 'true',
    APP__CLOCK: NOW,
    ...(listen ? { APP__HTTP__LISTEN: listen } : {}),
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

async function ready(url: string, child: ChildProcess, log: string): Promise<void> {
  // Not by the time of day: a machine that was put to sleep meanwhile has not waited.
  const deadline = performance.now() + 20_000;
  while (performance.now() < deadline && child.exitCode === null && child.signalCode === null) {
    const answer = await fetch(`${url}/healthz`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const ended = child.exitCode ?? child.signalCode ?? 'it still runs';
  throw new Error(`gangping serve did not become ready (${ended}):\n${readFileSync(log, 'utf8')}`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await exited;
  clearTimeout(force);
}
