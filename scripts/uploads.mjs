// How far fifty uploads at once raise the server's memory: starts a release server on a demo of its own, sends fifty files
// of 10 MB at once, of one kind after the other, and reads the process' resident memory every 10 ms.
// Run by scripts/uploads.sh.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { once } from "node:events";

const [binary, most = "32", only = ""] = process.argv.slice(2);
const MIB = 1024 * 1024;
const AT_ONCE = 50;

/** A PDF of so many bytes. */
const pdf = (length) => {
  const end = "\ntrailer << /Root 1 0 R >>\n%%EOF\n";
  return Buffer.from("%PDF-1.7\n".padEnd(length - end.length) + end);
};

/** A baseline JPEG, 4:2:0, of noise: so many pixels in so many bytes, about. */
function jpeg(width, height, length) {
  const segment = (marker, body) => Buffer.concat([Buffer.from([0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255]), Buffer.from(body)]);
  const components = [[1, 0x22], [2, 0x11], [3, 0x11]];
  const head = Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xdb, [0, ...Array(64).fill(1)]),
    segment(0xc0, [8, height >> 8, height & 255, width >> 8, width & 255, 3, ...components.flatMap(([id, sampling]) => [id, sampling, 0])]),
    // One code of one bit for "no difference"; codes of one and two bits for "end of block" and "eight bits follow".
    segment(0xc4, [0x00, 1, ...Array(15).fill(0), 0x00]),
    segment(0xc4, [0x10, 1, 1, ...Array(14).fill(0), 0x00, 0x08]),
    segment(0xda, [3, ...components.flatMap(([id]) => [id, 0x00]), 0, 63, 0]),
  ]);
  const blocks = Math.ceil(width / 16) * Math.ceil(height / 16) * 6;
  const values = Math.min(62, Math.floor(((length - head.length) * 8) / blocks / 10.04));
  const body = Buffer.alloc(length + MIB);
  let [at, bits, count] = [0, 0, 0];
  const put = (value, size) => {
    bits = (bits << size) | value;
    count += size;
    while (count >= 8) {
      const byte = (bits >> (count - 8)) & 255;
      body[at++] = byte;
      if (byte === 255) body[at++] = 0;
      count -= 8;
    }
    bits &= (1 << count) - 1;
  };
  let seed = 1;
  for (let block = 0; block < blocks; block++) {
    put(0, 1);
    for (let i = 0; i < values; i++) {
      seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
      put(0b10, 2);
      put((seed >> 12) & 255, 8);
    }
    put(0, 1);
  }
  put(0x7f, 7);
  return Buffer.concat([head, body.subarray(0, at), Buffer.from([0xff, 0xd9])]);
}

const server = spawn(binary, ["serve"], { stdio: ["ignore", "pipe", "inherit"] });
const leave = (code) => {
  server.kill();
  process.exitCode = code;
};
let said = "";
server.stdout.on("data", (text) => (said += text));
while (!said.includes("Serving ")) await Promise.race([once(server.stdout, "data"), once(server, "exit").then(() => process.exit(1))]);
const origin = said.match(/Serving (http:\S+)/)[1];
const status = (name) => Number(readFileSync(`/proc/${server.pid}/status`, "utf8").match(new RegExp(`${name}:\\s+(\\d+) kB`))[1]) * 1024;

let cookie = "";
async function ask(query, variables) {
  const answer = await fetch(`${origin}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-requested-with": "uploads", cookie },
    body: JSON.stringify({ query, variables }),
  });
  const set = answer.headers.getSetCookie().map((line) => line.split(";")[0]);
  if (set.length) cookie = set.join("; ");
  return answer.json();
}
await ask("mutation($i: SignInInput!) { signIn(input: $i) { displayName } }", { i: { login: "staff.shiqi", password: "demo-gangping-2026" } });

async function upload(name, type, body) {
  const answer = await fetch(`${origin}/files`, {
    method: "POST",
    headers: { "content-type": type, "x-file-name": name, "x-requested-with": "uploads", cookie },
    body,
  });
  return answer.status;
}

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
let failed = false;
for (const [what, name, type, body] of [
  ["PDF", "a.pdf", "application/pdf", pdf(10 * MIB)],
  ["JPEG, 12 megapixels", "a.jpg", "image/jpeg", jpeg(4000, 3000, 10 * MIB - 300_000)],
  ["JPEG, 40 megapixels", "a.jpg", "image/jpeg", jpeg(7296, 5472, 10 * MIB - 300_000)],
  // The most that is decoded whole (BUDGET in server/src/files/picture.rs).
  ["JPEG, 5 megapixels", "a.jpg", "image/jpeg", jpeg(2592, 1944, 10 * MIB - 300_000)],
]) {
  if (!what.includes(only)) continue;
  await sleep(3000);
  const idle = status("VmRSS");
  let peak = idle;
  const watch = setInterval(() => (peak = Math.max(peak, status("VmRSS"))), 10);
  const started = performance.now();
  const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => upload(name, type, body)));
  const seconds = (performance.now() - started) / 1000;
  clearInterval(watch);
  const made = answers.filter((answer) => answer === 201).length;
  const rise = (peak - idle) / MIB;
  const good = made === AT_ONCE && rise < Number(most);
  failed ||= !good;
  console.log(
    `${what}, ${(body.length / MIB).toFixed(1)} MiB × ${AT_ONCE}: ${made} taken in ${seconds.toFixed(1)} s; ` +
      `memory ${(idle / MIB).toFixed(1)} → ${(peak / MIB).toFixed(1)} MiB, up by ${rise.toFixed(1)} MiB ${good ? "" : "(too much, or refused: " + [...new Set(answers)] + ")"}`,
  );
}
leave(failed ? 1 : 0);
