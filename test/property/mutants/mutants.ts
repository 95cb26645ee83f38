import type { RolloutOptions, RunOptions } from "../../../src/testing/index.js";
import type { Patch } from "./mutated.js";

/** A rule that is undone, and the property that says so. */
export interface Mutant {
  readonly name: string;
  readonly patches: readonly Patch[];
  /** The first property that is broken. */
  readonly killedBy: string;
  readonly foundBy: Search;
}

/**
 * Generated inputs, generated lives - of whatever happens, or of what makes it likely; with a seed where the first one comes late to it -,
 * or every interleaving of a small rollout.
 */
export type Search =
  | { readonly kind: "inputs" }
  | { readonly kind: "lives"; readonly options?: RunOptions }
  | { readonly kind: "explorer"; readonly options: RolloutOptions };

const canary = { canary: 1 };
const plain = { batch: false, reschedule: false, disconnect: false };

/** What goes wrong with rollouts, one mutant each; then the dead ends that Nomad has and this library has not. */
export const MUTANTS: readonly Mutant[] = [
  {
    name: "the health check is dropped from the update budget",
    patches: [
      {
        file: "reconcile/budget.ts",
        from: "else if ((marks & HEALTHY) === 0) picture.undecided++;",
        to: "else if ((marks & HEALTHY) === 0) continue;",
      },
    ],
    killedBy: "update budget",
    foundBy: { kind: "explorer", options: { count: 3, faults: 0 } },
  },
  {
    name: "canaries count before their promotion",
    patches: [
      {
        file: "reconcile/canaries.ts",
        from: "(marks & UNTAINTED) !== 0 && ((marks & CANARY) === 0 || !isCanarying(picture))",
        to: "(marks & UNTAINTED) !== 0",
      },
    ],
    killedBy: "owed work is not lost",
    foundBy: { kind: "explorer", options: { count: 2, faults: 0, update: canary } },
  },
  {
    name: "canaries of superseded deployments are forgotten",
    patches: [
      {
        file: "reconcile/evaluation.ts",
        from: `if (deployment === current && deployment.status !== "failed") continue;`,
        to: "if (deployment !== current) continue;",
      },
    ],
    killedBy: "canaries",
    foundBy: { kind: "explorer", options: { count: 2, faults: 0, versions: 3, update: canary } },
  },
  {
    name: "what runs the current version is replaced by it",
    patches: [
      {
        file: "reconcile/updates.ts",
        from: "if (from.modifyIndex === to.modifyIndex) return UNCHANGED;",
        to: "if (from.modifyIndex === to.modifyIndex) return NOT_FEASIBLE;",
      },
    ],
    killedBy: "convergence",
    foundBy: { kind: "lives" },
  },
  {
    name: "`<=` for `<` in a limit",
    patches: [
      {
        file: "reconcile/placements.ts",
        from: "have + replaced < picture.count",
        to: "have + replaced <= picture.count",
      },
    ],
    killedBy: "ceiling",
    foundBy: { kind: "lives" },
  },
  {
    name: "what is placed is promoted, healthy or not",
    patches: [
      {
        file: "lifecycle/rules/promotion-gate.ts",
        from: "if (healthy === true) gate.have++;",
        to: "if (healthy !== false) gate.have++;",
      },
    ],
    killedBy: "one-gate",
    foundBy: { kind: "lives" },
  },
  {
    name: "a rollback goes to the specification that failed",
    patches: [
      {
        file: "lifecycle/rules/rollback-target.ts",
        from: "return sameSpecification(target, current)\n",
        to: "return target.version < 0\n",
      },
    ],
    killedBy: "rollback",
    foundBy: { kind: "lives" },
  },
  {
    name: "a failure is never over",
    patches: [
      {
        file: "reconcile/evaluation.ts",
        from: `isFailed: status === "failed",`,
        to: `isFailed: deployments.some((one) => one.status === "failed"),`,
      },
    ],
    killedBy: "one more",
    foundBy: { kind: "lives" },
  },
  {
    name: "the input is sorted where it stands",
    patches: [
      {
        file: "reconcile/evaluation.ts",
        from: "const job = currentJob(input.versions);",
        to: "const job = currentJob(input.versions);\n  input.allocations.sort((a, b) => (a.id < b.id ? 1 : -1));",
      },
    ],
    killedBy: "pure",
    foundBy: { kind: "inputs" },
  },
  {
    name: "a pause is ignored",
    patches: [
      {
        file: "reconcile/evaluation.ts",
        from: `isPaused: status === "paused" || status === "pending" || status === "initializing",`,
        to: "isPaused: false,",
      },
    ],
    killedBy: "update budget",
    foundBy: { kind: "lives" },
  },
  {
    name: "what is lost is stopped, and nothing placed",
    patches: [
      {
        file: "reconcile/placements.ts",
        from: `    replace(evaluation, picture, i, { code: "lost" });\n`,
        to: "",
      },
    ],
    killedBy: "owed work is not lost",
    foundBy: { kind: "lives" },
  },
  {
    name: "two placements replace one allocation",
    patches: [
      {
        file: "reconcile/migrations.ts",
        from: "const placesAgain = (marks & REPLACED) === 0 && !isLeft",
        to: "const placesAgain = !isLeft",
      },
    ],
    killedBy: "partition",
    foundBy: { kind: "inputs" },
  },
  {
    name: "health is counted up where it could be counted anew",
    patches: [
      {
        file: "lifecycle/record-health.ts",
        from: "    if (was === true) tally.healthy--;\n    else if (was === false) tally.unhealthy--;\n",
        to: "",
      },
    ],
    killedBy: "counters",
    foundBy: { kind: "lives" },
  },
  {
    name: "success is declared by a counter",
    patches: [
      {
        file: "reconcile/group-deployment.ts",
        from: "let short = state.desiredTotal;",
        to: "let short = state.healthyAllocs >= state.desiredTotal ? 0 : state.desiredTotal;",
      },
    ],
    killedBy: "status",
    foundBy: { kind: "lives" },
  },
  {
    name: "what is lost while paused is not replaced",
    patches: [
      {
        file: "reconcile/placements.ts",
        from: `replace(evaluation, picture, i, { code: "lost" });`,
        to: `if (!evaluation.isPaused) replace(evaluation, picture, i, { code: "lost" });`,
      },
    ],
    killedBy: "owed work is not lost",
    foundBy: { kind: "lives" },
  },
  {
    name: "one that is away fills its place though what replaced it was replaced",
    patches: [
      {
        file: "reconcile/chain.ts",
        from: "seen.has(at) || visit(at)) return;",
        to: "seen.has(at) || (marksOf(picture, at) & HOLDS_NAME) === 0 || visit(at)) return;",
      },
    ],
    killedBy: "owed work is not lost",
    foundBy: { kind: "lives", options: { seed: 12 } },
  },
  {
    name: "of two namesakes the failed one is kept",
    patches: [
      {
        file: "reconcile/victims.ts",
        from: "compareVersions(a.jobCreateIndex,",
        to: `Number(a.clientStatus === "failed") - Number(b.clientStatus === "failed") ||\n    compareVersions(a.jobCreateIndex,`,
      },
    ],
    killedBy: "victims",
    foundBy: { kind: "inputs" },
  },
  {
    name: "a deadline that passes rolls nothing back",
    patches: [
      { file: "lifecycle/deadlines.ts", from: "late.some(({ autoRevert }) => autoRevert),", to: "false," },
    ],
    killedBy: "time",
    foundBy: { kind: "explorer", options: { count: 1, faults: 0, update: { canary: 1, autoRevert: true } } },
  },
  {
    name: "a resume leaves deadlines as they were",
    patches: [
      {
        file: "lifecycle/events/pause.ts",
        from: "    renewDeadlines(change, at);",
        to: `    if (status === "paused") renewDeadlines(change, at);`,
      },
    ],
    killedBy: "time",
    foundBy: { kind: "explorer", options: { count: 1, faults: 0, update: canary } },
  },
  {
    name: "D 13: what is owed to the proven version waits until the new one is proven",
    patches: [
      {
        file: "reconcile/placements.ts",
        from: "} else if (isUnproven(evaluation, picture)) {\n    keepAlive",
        to: `} else if (evaluation.id === "") {\n    keepAlive`,
      },
    ],
    killedBy: "owed work is not lost",
    foundBy: { kind: "explorer", options: { count: 2, update: canary } },
  },
  {
    name: "D 17: what nothing differs for has to prove itself again",
    patches: [
      {
        file: "lifecycle/apply/verdicts.ts",
        from: "!isTerminal(allocation) && isSameAs(allocation, to);",
        to: "!isTerminal(allocation) && !isSameAs(allocation, to);",
      },
    ],
    killedBy: "adoption",
    foundBy: { kind: "lives" },
  },
  {
    name: "D 28: a canary whose node is away counts as a stable allocation",
    patches: [
      {
        file: "reconcile/canaries.ts",
        from: "import { CANARY, EXPIRING,",
        to: "import { CANARY, DISCONNECTING, RECONNECTING, EXPIRING,",
      },
      {
        file: "reconcile/canaries.ts",
        from: "if ((marks & (MIGRATE | LOST | EXPIRING)) === 0) setMarks(picture, i, marks | CANARY);",
        to: "if ((marks & (MIGRATE | LOST | EXPIRING)) === 0) setMarks(picture, i, (marks & (DISCONNECTING | RECONNECTING)) === 0 ? marks | CANARY : marks);",
      },
    ],
    killedBy: "owed work is not lost",
    foundBy: { kind: "lives", options: { seed: 3 } },
  },
  {
    name: "D 33: twins keep the name that both bear",
    patches: [
      {
        file: "reconcile/names.ts",
        from: "  let lowest = 0;\n  for (const placement of twins) {",
        to: "  let lowest = 0;\n  for (const placement of twins.slice(0, 0)) {",
      },
    ],
    killedBy: "names",
    foundBy: { kind: "lives", options: { seed: 3 } },
  },
  {
    name: "D 41: a former canary that is lost or moves is forgotten",
    patches: [{ file: "reconcile/canaries.ts", from: "    else if (promoted) continue;\n", to: "" }],
    killedBy: "canaries",
    foundBy: { kind: "lives", options: { seed: 5 } },
  },
  {
    name: "D 42: a canary that completed counts for ever",
    patches: [
      {
        file: "reconcile/canaries.ts",
        from: "return countMarked(picture, CANARY);",
        to: "return Math.max(countMarked(picture, CANARY), picture.state.placedCanaries.length);",
      },
    ],
    killedBy: "no-dead-end",
    foundBy: { kind: "lives", options: { seed: 7 } },
  },
  {
    name: "D 43: a proven version has a second deployment",
    patches: [
      {
        file: "reconcile/canaries.ts",
        from: `deployment.status === "successful" &&\n      deployment.jobVersion`,
        to: `deployment.status === "unblocking" &&\n      deployment.jobVersion`,
      },
    ],
    killedBy: "freeze",
    foundBy: { kind: "explorer", options: { count: 2, update: canary } },
  },
  {
    name: "D 43: a deadline runs out for want of room",
    patches: [
      {
        file: "lifecycle/deadlines.ts",
        from: "(state.noRoom ?? 0) > 0 && hasNoWayBack",
        to: "(state.noRoom ?? 0) < 0 && hasNoWayBack",
      },
    ],
    killedBy: "time",
    foundBy: {
      kind: "lives",
      options: {
        happenings: ["pass", "clients", "submit", "evaluate"],
        limits: { ...plain, canaries: false, groups: 1 },
        steps: 8,
        seed: 11,
      },
    },
  },
  {
    name: "D 44: what failed for good is no new try for a new version",
    patches: [
      {
        file: "reconcile/rescheduling.ts",
        from: "    leaveOut(picture, i, NEW_VERSION);\n  } else if (",
        to: "    return;\n  } else if (",
      },
    ],
    killedBy: "failing-version",
    foundBy: { kind: "lives" },
  },
  {
    name: "D 45: after a failure the failed version replaces what is lost",
    patches: [
      {
        file: "reconcile/placements.ts",
        from: "return isCanarying(picture) || evaluation.isFailed;",
        to: "return isCanarying(picture);",
      },
    ],
    killedBy: "freeze",
    foundBy: { kind: "explorer", options: { count: 1, update: canary, versions: 3 } },
  },
  {
    name: "D 46: the specification that failed cannot be submitted again",
    patches: [
      {
        file: "lifecycle/events/submit.ts",
        from: "sameSpecification(withDefaultsOf(current), candidate) &&\n    !hasFailed(state, current)",
        to: "sameSpecification(withDefaultsOf(current), candidate)",
      },
    ],
    killedBy: "no-dead-end",
    foundBy: { kind: "lives" },
  },
  {
    name: "D 47: only the latest deployment's canaries are cancelled",
    patches: [
      {
        file: "reconcile/evaluation.ts",
        from: `if (deployment === current && deployment.status !== "failed") continue;`,
        to: `if (deployment === current && deployment.status !== "failed") continue;\n    if (deployments.some((one) => one !== current && one.createIndex > deployment.createIndex)) continue;`,
      },
    ],
    killedBy: "canaries",
    foundBy: { kind: "explorer", options: { count: 1, update: canary, versions: 4, faults: 0 } },
  },
  {
    name: "D 48: the deadline of one group is that of all",
    patches: [
      {
        file: "lifecycle/deadlines.ts",
        from: "  const names = due.map(([group]) => group);\n  const progress = progressOf(deployment, names, allocationsOf(change));",
        to: "  due.splice(0, due.length, ...timedGroups(deployment));\n  const names = due.map(([group]) => group);\n  const progress = progressOf(deployment, names, allocationsOf(change));",
      },
    ],
    killedBy: "time",
    foundBy: {
      kind: "lives",
      options: { happenings: ["healthy", "pass"], limits: { ...plain, canaries: false }, steps: 12 },
    },
  },
];
