// What 500 sign-ins at once cost: memory rises by no more than a hash for each permit and 64 MiB, and what others ask
// takes at most twice as long (p99). Others ask from a process of their own, so many times a second, first at rest.
// Run by scripts/sign-in.sh.
import { fork } from "node:child_process";
import { once } from "node:events";
import { availableParallelism, setPriority } from "node:os";
import { SIGN_IN, ask, as, quantile, serve } from "./sign-in.mjs";

const AT_ONCE = 500;
const SECONDS = 15;
const EVERY_MS = 20;
const HASH_MIB = 64;
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

if (process.argv[2] === "others") await others(process.argv[3]);
// One core is left to others (server/src/auth/password.rs).
else await trial(process.argv[2], Math.max(1, availableParallelism() - 1));

/** Asks at a steady rate, whether or not the last answer is there, for as long as the trial says. */
async function others(origin) {
  process.on("disconnect", () => process.exit());
  for (;;) {
    const [seconds] = await once(process, "message");
    const [times, refused, asked] = [[], [], []];
    const start = performance.now();
    for (let n = 0; n * EVERY_MS < seconds * 1000; n++) {
      const due = start + n * EVERY_MS;
      await sleep(Math.max(0, due - performance.now()));
      const began = performance.now();
      asked.push(
        ask(origin, "{ publicCenters { code } }").then(({ status, body }) => {
          times.push(performance.now() - began);
          if (status !== 200 || body.includes("errors")) refused.push(status);
        }),
      );
    }
    await Promise.all(asked);
    process.send({ times: times.sort((a, b) => a - b), refused: refused.length });
  }
}

async function trial(binary, permits) {
  const server = await serve(binary);
  process.on("exit", server.end);
  const prober = fork(process.argv[1], ["others", server.origin]);
  const measure = async (seconds) => {
    prober.send(seconds);
    return (await once(prober, "message"))[0];
  };
  const line = (what, { times, refused }) =>
    console.log(
      `${what}: ${times.length} asked, ${refused} refused, p50 ${quantile(times, 0.5).toFixed(1)} ms, ` +
        `p99 ${quantile(times, 0.99).toFixed(1)} ms, at most ${times.at(-1).toFixed(1)} ms`,
    );
  // Both warm up: the pages of the database, the connections, the programs' own caches, the first hash.
  await measure(3);
  await server.ask(SIGN_IN, as("nobody", "another one"));
  await sleep(1000);
  const rest = await measure(SECONDS);
  line("Others, at rest", rest);

  // Who signs in does so elsewhere: here they take no core from the server and from others.
  setPriority(19);
  const idle = server.held("VmRSS");
  const ended = {};
  let [peak, waves] = [idle, 0];
  const watch = setInterval(() => (peak = Math.max(peak, server.held("VmRSS"))), 10);
  let on = true;
  const flood = (async () => {
    while (on) {
      const wave = waves++;
      const all = Array.from({ length: AT_ONCE }, async (_, n) => {
        const { status, body } = await server.ask(SIGN_IN, as(`nobody.${wave}.${n}`, "another one"));
        const code = body.match(/"code":"(\w+)"/)?.[1] ?? "none";
        ended[`${status} ${code}`] = (ended[`${status} ${code}`] ?? 0) + 1;
      });
      await Promise.all(all);
    }
  })();
  const during = await measure(SECONDS);
  on = false;
  await flood;
  clearInterval(watch);
  line(`Others, beside ${waves} floods of ${AT_ONCE}, one after the other`, during);
  console.log(`The sign-ins ended: ${JSON.stringify(ended)}`);

  peak = Math.max(peak, server.held("VmHWM"));
  const [rise, most] = [peak - idle, permits * HASH_MIB + 64];
  const times = quantile(during.times, 0.99) / quantile(rest.times, 0.99);
  console.log(`Memory ${idle.toFixed(1)} → ${peak.toFixed(1)} MiB, up by ${rise.toFixed(1)} MiB; at most ${most} for ${permits} permits.`);
  console.log(`Others' p99: ${times.toFixed(2)} times that at rest; at most 2.`);
  const checked = Object.entries(ended).some(([end]) => end.includes("INVALID"));
  process.exit(rise <= most && times <= 2 && during.refused === 0 && checked ? 0 : 1);
}
