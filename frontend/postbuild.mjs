// Trunk runs this on its staging folder after each build (Trunk.toml), so dist/ only ever holds finished results.
//  1. It moves Trunk's inline start script into a hashed file: our Content-Security-Policy allows no inline script.
//  2. In release builds it writes .br and .gz beside each text file, prints the sizes, and fails over budget.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

// What a first visit may download, brotli, in bytes. A citizen's phone on a slow network sets the first one.
const BUDGET = { portal: 250_000, rate: 250_000, kiosk: 250_000, desk: 500_000, admin: 500_000, posts: 500_000, records: 500_000, conduct: 500_000, services: 500_000, rounds: 500_000, windows: 500_000, evaluation: 500_000, improvement: 500_000, evaluator: 400_000, city: 500_000 };
const FIRST_VISIT = new Set(['.html', '.css', '.js', '.wasm', '.svg']);
const COMPRESSIBLE = new Set([...FIRST_VISIT, '.json', '.txt', '.webmanifest']);

const { TRUNK_STAGING_DIR: folder, TRUNK_PUBLIC_URL: base, TRUNK_PROFILE: profile } = process.env;
const entry = basename(base);

const page = join(folder, 'index.html');
const html = readFileSync(page, 'utf8').replace(
  /<script\s+type="?module"?\s*>([\s\S]*?)<\/script>/g,
  (_, code) => {
    const text = `${code.trim()}\n`;
    const name = `start-${createHash('sha256').update(text).digest('hex').slice(0, 16)}.js`;
    writeFileSync(join(folder, name), text);
    return `<script type="module" src="${base}${name}"></script>`;
  },
);
const inline = html.match(/<script(?![^>]*\ssrc=)[^>]*>|<style[\s>]|\s(?:style|on[a-z]+)=/i);
if (inline) {
  fail(`${entry}: index.html still holds inline code, which the Content-Security-Policy refuses: ${inline[0].trim()}`);
}
writeFileSync(page, html);

if (profile === 'release') {
  const options = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
  const rows = [];
  for (const name of readdirSync(folder).sort()) {
    const type = extname(name);
    if (!COMPRESSIBLE.has(type)) continue;
    const raw = readFileSync(join(folder, name));
    const brotli = brotliCompressSync(raw, options);
    writeFileSync(join(folder, `${name}.br`), brotli);
    writeFileSync(join(folder, `${name}.gz`), gzipSync(raw, { level: 9 }));
    rows.push({ name, raw: raw.length, brotli: brotli.length, counted: FIRST_VISIT.has(type) });
  }
  const sum = (key) => rows.filter((row) => row.counted).reduce((total, row) => total + row[key], 0);
  const total = { name: `${entry}, first visit`, raw: sum('raw'), brotli: sum('brotli') };
  console.log(line('bytes', 'raw', 'brotli'));
  for (const row of [...rows, total]) console.log(line(row.name, row.raw, row.brotli));

  const budget = BUDGET[entry];
  if (!budget) fail(`${entry}: no size budget is set for this entry point`);
  if (total.brotli > budget) {
    fail(`${entry}: a first visit takes ${total.brotli} bytes of brotli, over its budget of ${budget}`);
  }
} else {
  // dist/ now holds a development build: the next `make run` or `make test` has to build again.
  rmSync('dist/.stamp', { force: true });
}

function line(name, raw, brotli) {
  return `    ${name.padEnd(40)} ${number(raw)} ${number(brotli)}`;
}

function number(value) {
  return (typeof value === 'number' ? value.toLocaleString('en') : value).padStart(10);
}

function fail(message) {
  console.error(`error: ${message}`);
  process.exit(1);
}
