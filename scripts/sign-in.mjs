// What both trials of sign-in share: a release server of their own, and how to ask it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";

/** The password of everybody in the demo. */
export const DEMO = "demo-gangping-2026";

/** Starts the server; how to ask it, what its process holds, and how to end it. */
export async function serve(binary) {
  const server = spawn(binary, ["serve"], { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  server.stdout.on("data", (text) => (said += text));
  while (!said.includes("Serving ")) await Promise.race([once(server.stdout, "data"), once(server, "exit").then(() => process.exit(1))]);
  const origin = said.match(/Serving (http:\S+)/)[1];
  const held = (name) => Number(readFileSync(`/proc/${server.pid}/status`, "utf8").match(new RegExp(`${name}:\\s+(\\d+) kB`))[1]) / 1024;
  return { origin, held, ask: (query, variables, cookies) => ask(origin, query, variables, cookies), end: () => server.kill() };
}

/** One operation: status, body and cookies, into `cookies` where it is given. */
export async function ask(origin, query, variables, cookies) {
  const headers = { "content-type": "application/json", "x-requested-with": "trial" };
  if (cookies) headers.cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const answer = await fetch(`${origin}/graphql`, { method: "POST", headers, body: JSON.stringify({ query, variables }) });
  for (const line of answer.headers.getSetCookie()) cookies?.set(...line.split(";")[0].split(/=(.*)/).slice(0, 2));
  return { status: answer.status, body: await answer.text() };
}

/** The data of an operation that must succeed. */
export async function must(server, query, variables, cookies) {
  const { body } = await server.ask(query, variables, cookies);
  const { data, errors } = JSON.parse(body);
  if (errors || !data) throw new Error(`${query}\n${body}`);
  return data;
}

export const SIGN_IN = "mutation($i: SignInInput!) { signIn(input: $i) { displayName } }";
/** The variables of a sign-in. */
export const as = (login, password) => ({ i: { login, password } });

export const quantile = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
