import type { TimeRange } from "../../../src/render/index.js";
import type { AllocationTimeline, JobTimeline, Mark, Phase, Span } from "../../../src/simulate/index.js";

/** When the rollouts begin: as large as times are, for sums that lose their small digits. */
export const START = 1_750_000_000_000;

/** The moment that many seconds after the beginning. */
export function at(seconds: number): number {
  return START + seconds * 1_000;
}

/** What a picture is asked for: a job's timeline, and from when to when. */
export interface Rollout {
  readonly job: JobTimeline;
  readonly range: TimeRange;
}

export function aSpan(phase: Phase, from: number, to: number, more: Partial<Span> = {}): Span {
  return { from: at(from), to: at(to), phase, version: 0, canary: false, ...more };
}

/** Bars that follow on one another: each phase with the second at which it ends. */
export function aLife(
  from: number,
  phases: readonly (readonly [phase: Phase, until: number])[],
  more: Partial<Span> = {},
): Span[] {
  return phases.map(([phase, until], n) => aSpan(phase, phases[n - 1]?.[1] ?? from, until, more));
}

export function anAllocationLine(
  n: number,
  spans: readonly Span[],
  more: Partial<AllocationTimeline> = {},
): AllocationTimeline {
  return { id: `a${n}`, name: `shop.web[${n % 3}]`, group: "web", nodeId: `node-${n}`, spans, ...more };
}

export function aMark(kind: Mark["kind"], seconds: number, version: number, more: Partial<Mark> = {}): Mark {
  return { at: at(seconds), kind, version, ...more };
}

export function aRollout(until: number, more: Partial<JobTimeline>): Rollout {
  const job = { jobId: "shop", allocations: [], marks: [], deadlines: [], ...more };
  return { job, range: { from: START, to: at(until) } };
}

/** Three of version 1 beside three of version 0; promoted at a minute and a half, and then the old ones stop. */
export function aBlueGreen(): Rollout {
  const blue = [0, 1, 2].map((n) =>
    anAllocationLine(
      n,
      aLife(0, [
        ["pending", 3],
        ["running", 13],
        ["healthy", 90],
        ["stopping", 95],
      ]),
      { ending: "stopped" },
    ),
  );
  const green = [3, 4, 5].map((n) =>
    anAllocationLine(n, [
      ...aLife(
        40,
        [
          ["pending", 44],
          ["running", 60],
          ["healthy", 90],
        ],
        { version: 1, canary: true },
      ),
      aSpan("healthy", 90, 150, { version: 1 }),
    ]),
  );
  return aRollout(150, {
    allocations: [...blue, ...green],
    marks: [
      aMark("submitted", 0, 0),
      aMark("successful", 13, 0),
      aMark("submitted", 40, 1),
      aMark("promoted", 90, 1),
      aMark("successful", 90, 1, { description: "Deployment completed successfully" }),
    ],
    deadlines: [{ group: "web", version: 1, setAt: at(40), by: at(120) }],
  });
}

/** Version 1 is unhealthy: its deployment fails, and version 2, which is version 0 again, takes its place. */
export function aFailureWithRollback(): Rollout {
  return aRollout(180, {
    allocations: [
      anAllocationLine(
        0,
        aLife(0, [
          ["running", 10],
          ["healthy", 60],
        ]),
        { ending: "stopped" },
      ),
      anAllocationLine(1, [
        ...aLife(0, [
          ["running", 12],
          ["healthy", 100],
        ]),
        aSpan("healthy", 100, 180, { version: 2 }),
      ]),
      anAllocationLine(
        2,
        aLife(
          60,
          [
            ["pending", 64],
            ["running", 94],
            ["unhealthy", 100],
          ],
          { version: 1 },
        ),
        { ending: "failed" },
      ),
      anAllocationLine(
        3,
        aLife(
          102,
          [
            ["running", 115],
            ["healthy", 180],
          ],
          { version: 2 },
        ),
      ),
    ],
    marks: [
      aMark("submitted", 0, 0),
      aMark("submitted", 58, 1),
      aMark("failed", 100, 1, { description: "Failed due to unhealthy allocations" }),
      aMark("rolled_back", 101, 2),
      aMark("submitted", 101, 2),
      aMark("successful", 116, 2),
    ],
    deadlines: [{ group: "web", version: 1, setAt: at(60), by: at(160) }],
  });
}

/** A node goes away: what ran there is unknown, then lost, and another takes its place; a batch group completes. */
export function aLostNode(): Rollout {
  return aRollout(600, {
    allocations: [
      anAllocationLine(
        0,
        aLife(0, [
          ["healthy", 200],
          ["unknown", 320],
        ]),
        { ending: "lost" },
      ),
      anAllocationLine(1, aLife(0, [["healthy", 600]])),
      anAllocationLine(
        2,
        aLife(0, [
          ["running", 20],
          ["healthy", 240],
        ]),
        { name: "shop.jobs[0]", group: "jobs", ending: "complete" },
      ),
      anAllocationLine(
        3,
        aLife(205, [
          ["pending", 210],
          ["healthy", 600],
        ]),
        { name: "shop.web[0]" },
      ),
    ],
    marks: [aMark("submitted", 0, 0), aMark("stopped", 590, 0)],
  });
}

/** Names as an attacker would choose them: of XML, of a terminal, longer than any row, wider than their letters. */
export const HOSTILE = {
  markup: `</title><script>alert("1")</script>&'`,
  forbidden: "nul\u0000 bell\u0007 half\ud800 not\uffff",
  terminal: "\u001b[31mred\u001b]0;title\u0007\u009b2J\r\nshop.web[9]  forged",
  long: `${"long".repeat(40)}.web[0]`,
  wide: "漢字".repeat(30),
};

export function aHostileRollout(): Rollout {
  const spans = aLife(0, [
    ["running", 10],
    ["healthy", 60],
  ]);
  const { markup, forbidden, terminal, long, wide } = HOSTILE;
  return aRollout(60, {
    jobId: markup,
    allocations: [
      anAllocationLine(0, spans, { id: forbidden, name: `${markup}.web[0]`, group: markup }),
      anAllocationLine(1, spans, { id: terminal, name: terminal, nodeId: markup }),
      anAllocationLine(2, spans, { id: "a2", name: long, group: long }),
      anAllocationLine(3, spans, { id: wide, name: `${wide}[0]`, group: wide }),
    ],
    marks: [aMark("submitted", 0, 0), aMark("failed", 30, 0, { description: `${terminal}${markup}` })],
    deadlines: [{ group: terminal, version: 0, setAt: at(0), by: at(50) }],
  });
}

const KINDS: readonly Mark["kind"][] = [
  "submitted",
  "promoted",
  "paused",
  "resumed",
  "failed",
  "rolled_back",
  "successful",
  "cancelled",
  "stopped",
];

/** Everything that can be marked, at one moment late in the picture, and once more a second later. */
export function aCrowdOfMarks(): Rollout {
  const marks = [50, 51].flatMap((second) => KINDS.map((kind) => aMark(kind, second, 10)));
  return aRollout(60, { allocations: [anAllocationLine(0, aLife(0, [["healthy", 60]]))], marks });
}

const PHASES: readonly Phase[] = ["pending", "running", "healthy", "unhealthy", "stopping", "unknown"];

/** Eight versions, each in every phase, every other one a canary. */
export function everyLook(): Rollout {
  const allocations = Array.from({ length: 8 }, (_, version) =>
    anAllocationLine(
      version,
      aLife(
        0,
        PHASES.map((phase, n) => [phase, (n + 1) * 10] as const),
        { version, canary: version % 2 === 1 },
      ),
      { ending: (["stopped", "complete", "failed", "lost"] as const)[version % 4] ?? "lost" },
    ),
  );
  return aRollout(70, { allocations });
}
