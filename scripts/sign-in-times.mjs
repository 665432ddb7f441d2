// How long a failed sign-in takes, by why it fails: four kinds in turn, 400 of each, one at a time. Each kind's mean
// differs from a wrong password's by less than 5 %, or it fails. Run by scripts/sign-in.sh.
import { DEMO, SIGN_IN, as, must, serve } from "./sign-in.mjs";

const SAMPLES = Number(process.argv[3] ?? 400);
const MOST = 5;
/** Wrong passwords of one account before its first lock, the locking one included. */
const FREE = 5;
const PASSWORD = "wet umbrellas in the hall";

const server = await serve(process.argv[2]);
process.on("exit", server.end);

const admin = new Map();
await must(server, SIGN_IN, as("admin.shiqi", DEMO), admin);
const INVITE = "mutation($i: InviteMemberInput!) { inviteMember(input: $i) { link { token } } }";
const ACCEPT = "mutation($i: AcceptInvitationInput!) { acceptInvitation(input: $i) { displayName } }";
/** Somebody of the center with a password, new. */
async function member(login) {
  const invited = await must(server, INVITE, { i: { login, displayName: "何秋月", roles: ["COMPLAINT_HANDLER"] } }, admin);
  await must(server, ACCEPT, { i: { token: invited.inviteMember.link.token, password: PASSWORD } });
}

const people = Array.from({ length: SAMPLES / FREE }, (_, n) => n);
for (const n of people) {
  await member(`known.${n}`);
  await member(`suspended.${n}`);
}
await member("locked.one");
const { memberships } = await must(server, "{ memberships { id login } }", {}, admin);
const suspended = memberships.filter(({ login }) => login.startsWith("suspended."));
for (const { id } of suspended) {
  await must(server, "mutation($i: MembershipInput!) { suspendMember(input: $i) { status } }", { i: { id } }, admin);
}
if (suspended.length !== people.length) throw new Error(`${suspended.length} are suspended`);

// The lock lasts one minute, then two, then four, each begun by one more wrong password after the one before is over.
let [lock, over] = [1, 0];
async function keepLocked() {
  if (performance.now() < over) return;
  for (let n = over ? FREE - 1 : 0; n < FREE; n++) await server.ask(SIGN_IN, as("locked.one", "another one"));
  // Some seconds early nothing is lost: a try at a lock that still holds begins none.
  over = performance.now() + lock * 60_000 + 50;
  lock *= 2;
}

const kinds = {
  "wrong password": (n) => `known.${n % people.length}`,
  "no such account": (n) => `nobody.${n}`,
  locked: () => "locked.one",
  suspended: (n) => `suspended.${n % people.length}`,
};
const times = Object.fromEntries(Object.keys(kinds).map((kind) => [kind, []]));
const answers = new Set();
for (let n = 0; n < SAMPLES; n++) {
  await keepLocked();
  // In an order drawn anew: what came before leaves the processor and the memory as it does, and would count for one kind.
  const row = Object.keys(kinds);
  for (let last = row.length - 1; last > 0; last--) {
    const other = Math.floor(Math.random() * (last + 1));
    [row[last], row[other]] = [row[other], row[last]];
  }
  for (const kind of row) {
    const variables = as(kinds[kind](n), "another one");
    const began = performance.now();
    const { status, body } = await server.ask(SIGN_IN, variables);
    times[kind].push(performance.now() - began);
    answers.add(`${status} ${body.replace(/"requestId":"[^"]*"/, "")}`);
  }
}

const mean = (list) => list.reduce((sum, value) => sum + value, 0) / list.length;
const variance = (list) => list.reduce((sum, value) => sum + (value - mean(list)) ** 2, 0) / (list.length - 1);
const wrong = times["wrong password"];
let failed = answers.size !== 1;
console.log(failed ? `The answers differ:\n${[...answers].join("\n")}` : "One answer for all of them.");
for (const [kind, list] of Object.entries(times)) {
  const apart = mean(list) - mean(wrong);
  const percent = (100 * apart) / mean(wrong);
  const t = apart / Math.sqrt(variance(list) / list.length + variance(wrong) / wrong.length);
  const good = Math.abs(percent) < MOST;
  failed ||= !good;
  console.log(
    `${kind.padEnd(16)} n=${list.length} mean ${mean(list).toFixed(2)} ms, sd ${Math.sqrt(variance(list)).toFixed(2)} ms` +
      (list === wrong ? "" : `; ${percent >= 0 ? "+" : ""}${percent.toFixed(2)} %, Welch's t ${t.toFixed(2)}${good ? "" : " (too far apart)"}`),
  );
}
process.exit(failed ? 1 : 0);
