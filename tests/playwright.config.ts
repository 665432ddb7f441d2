import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';

const root = fileURLToPath(new URL('..', import.meta.url));

// The system's browser: no download, and the same one that people have.
function chromium(): string {
  try {
    return execFileSync('bash', ['-c', '. scripts/lib.sh && find_chromium'], { cwd: root, encoding: 'utf8' }).trim();
  } catch {
    throw new Error('No Chromium was found. Debian: apt-get install chromium-headless-shell. Or set CHROMIUM to its path.');
  }
}

export default defineConfig({
  testDir: 'journeys',
  outputDir: '../target/playwright/results',
  reporter: [['list'], ['junit', { outputFile: '../target/playwright/junit.xml' }]],
  forbidOnly: !!process.env.CI,
  // A journey that passes at the second try has found something.
  retries: 0,
  // Each worker has a browser, and each test a server: more than one per core only makes them wait for each other.
  workers: 2,
  fullyParallel: true,
  // Journeys of several people, on a busy machine.
  timeout: 180_000,
  expect: { timeout: 20_000 },
  use: {
    browserName: 'chromium',
    // Never left to the machine: the front end takes its first language from the browser.
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1280, height: 800 },
    actionTimeout: 20_000,
    // Pictures of every step would be taken whether or not they are kept.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false, sources: false },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: chromium(),
      args: [
        '--no-sandbox', // Chromium's sandbox refuses to run as root
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
