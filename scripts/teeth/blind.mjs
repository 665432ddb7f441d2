// The sweep itself, made blind: it must notice.

const T = "server/tests/sweep/";

export const BLIND = [
  {
    name: "no ids to try",
    edits: (n) => [
      [
        T + "sweep.rs",
        "            Kind::Id => pool.get(",
        `            Kind::Id if server::planted("${n}") => None,
            Kind::Id => pool.get(`,
      ],
    ],
  },
  {
    name: "every call refused",
    edits: (n) => [
      [
        T + "client.rs",
        '            .header("cookie", cookie);\n        for',
        `            .header("cookie", if server::planted("${n}") && query.starts_with("query") { "" } else { cookie });
        for`,
      ],
    ],
  },
  {
    name: "the other center is one's own",
    edits: (n) => [
      [
        T + "sweep.rs",
        '        let mut theirs = self.world.pools["B"].clone();',
        `        let mut theirs = self.world.pools[if server::planted("${n}") { "A" } else { "B" }].clone();`,
      ],
    ],
  },
  {
    name: "answers that nobody compares",
    edits: (n) => [
      [
        T + "pairs.rs",
        "        self.found.compared += 1;",
        `        if server::planted("${n}") {
            return;
        }
        self.found.compared += 1;`,
      ],
    ],
  },
];
