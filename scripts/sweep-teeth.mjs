// Plants the leaks of teeth/leaks.mjs in a copy of the tree, compiles it once with all of them switched off, and runs the
// sweep once for each. The product itself holds no line of this. With --stale it only looks whether each leak still finds
// the text that it replaces: `make test` asks that, so that the trial can be had whenever it is wanted.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync, existsSync, readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join, resolve } from "node:path";
import { BLIND } from "./teeth/blind.mjs";
import { GROUND } from "./teeth/ground.mjs";
import { LEAKS } from "./teeth/leaks.mjs";

const work = join(process.env.TARGET ?? "target", "teeth");
const tree = join(work, "tree");
const only = process.argv[2];

function fail(text) {
  console.error(`error: ${text}`);
  process.exit(1);
}

/** Every file of the tree as it would be committed. */
function files() {
  const list = execFileSync("git", ["ls-files", "-coz", "--exclude-standard"], { encoding: "utf8" });
  return list.split("\0").filter((name) => name && existsSync(name));
}

/** The files that are planted, with all leaks in them. */
function planted() {
  const changed = new Map();
  const edits = [...GROUND, ...[...LEAKS, ...BLIND].flatMap((leak) => leak.edits(leak.name))];
  for (const [file, old, fresh] of edits) {
    const before = changed.get(file) ?? readFileSync(file, "utf8");
    const times = before.split(old).length - 1;
    if (times !== 1) fail(`a leak is stale: its text stands ${times} times in ${file}:\n${old}`);
    changed.set(file, before.replace(old, () => fresh));
  }
  return changed;
}

/** Writes what differs, so that cargo compiles no more than it must. */
function plant() {
  const changed = planted();
  const names = files();
  for (const name of names) {
    const bytes = changed.has(name) ? Buffer.from(changed.get(name)) : readFileSync(name);
    const to = join(tree, name);
    mkdirSync(dirname(to), { recursive: true });
    if (!existsSync(to) || !readFileSync(to).equals(bytes)) writeFileSync(to, bytes);
  }
  const kept = new Set(names);
  for (const name of readdirSync(tree, { recursive: true, withFileTypes: true })) {
    const path = join(name.parentPath, name.name).slice(tree.length + 1);
    if (name.isFile() && !kept.has(path)) rmSync(join(tree, path));
  }
}

function build() {
  const env = { ...process.env, CARGO_TARGET_DIR: resolve(work, "build") };
  const selection = ["--workspace", "--exclude", "frontend", "--test", "sweep"];
  const built = spawnSync("cargo", ["test", "--no-run", "--message-format", "json-render-diagnostics", ...selection], {
    cwd: tree,
    env,
    encoding: "utf8",
    maxBuffer: 1 << 30,
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (built.status !== 0) fail("the planted copy does not compile");
  const artifacts = built.stdout.split("\n").filter(Boolean).map((line) => JSON.parse(line));
  return artifacts.find((one) => one.target?.name === "sweep" && one.executable).executable;
}

/** One sweep on SQLite: its words, and whether it was content. */
function sweep(binary, leak, whole = false) {
  // The stack is cargo's to set where it runs a test (.cargo/config.toml); this one is run without it.
  const env = { RUST_MIN_STACK: "8388608", ...process.env, SWEEP_LEAK: leak, RUST_BACKTRACE: "0" };
  if (!whole) env.SWEEP_HURRY = "1";
  return new Promise((resolve) => {
    const child = spawn(binary, ["--exact", "sqlite", "--nocapture"], { cwd: join(tree, "server"), env });
    let text = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => (text += part));
    child.on("close", (code) => resolve({ content: code === 0, text }));
  });
}

/** What the sweep said first of an operation that the leak is in. */
function named(text, expected) {
  const lines = text.split("\n").filter((line) => /^O\d /.test(line));
  const operation = (line) => line.slice(3).split(": ")[0].split(/ (?!\/)/)[0];
  return lines.find((line) => expected.includes(operation(line)));
}

async function all(jobs) {
  const queue = [...jobs];
  const worker = async () => {
    while (queue.length) await queue.shift()();
  };
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, worker));
}

if (only === "--stale") {
  planted();
  process.exit();
}

mkdirSync(tree, { recursive: true });
plant();
const binary = build();
const base = await sweep(binary, "", true);
if (!base.content) fail(`the sweep is not content with the copy before anything is switched on:\n${base.text.slice(-4000)}`);
console.log(base.text.split("\n").find((line) => line.startsWith("sweep ")));

const chosen = (list) => list.filter((leak) => !only || leak.name.includes(only));
const missed = [];
let caught = 0;
await all(
  chosen(LEAKS).map((leak) => async () => {
    const { content, text } = await sweep(binary, leak.name);
    const line = content ? undefined : named(text, leak.expect);
    if (line) caught += 1;
    else missed.push(`${leak.name}: ${content ? "not noticed" : `another operation was named:\n${text.slice(-1500)}`}`);
    console.log(`${line ? "caught" : "MISSED"}  ${leak.name}${line ? `\n          ${line.slice(0, 160)}` : ""}`);
  }),
);
let seen = 0;
await all(
  chosen(BLIND).map((leak) => async () => {
    const { content } = await sweep(binary, leak.name);
    if (content) missed.push(`a blind sweep was content: ${leak.name}`);
    else seen += 1;
    console.log(`${content ? "MISSED" : "caught"}  blind sweep: ${leak.name}`);
  }),
);
console.log(`planted leaks: ${caught} of ${chosen(LEAKS).length} caught; blind sweeps: ${seen} of ${chosen(BLIND).length} noticed`);
if (missed.length) fail(missed.join("\n"));
