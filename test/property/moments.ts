import {
  type Allocation,
  allocationName,
  createReconciler,
  currentJob,
  type Plan,
  type ReconcileInput,
  reconcile,
} from "../../src/index.js";
import type { Choices } from "../../src/testing/generate/choices.js";
import { freeFormInput } from "../../src/testing/generate/free-form.js";

/** What may become of an allocation without its being another one. */
const CHANGES: readonly Partial<Allocation>[] = [
  { clientStatus: "running" },
  { clientStatus: "failed" },
  { clientStatus: "lost" },
  { clientStatus: "unknown", clientStatusHistory: [{ status: "unknown", at: 1_000 }] },
  { desiredStatus: "stop" },
  { desiredTransition: { migrate: true } },
  { deploymentStatus: { healthy: true } },
  { deploymentStatus: { healthy: false } },
  { jobVersion: 0 },
  { jobVersion: 1 },
];
/** How the list itself may change: two change places, one goes, comes, is another one, or of another group. */
const MOVES: readonly ((
  first: Allocation,
  second: Allocation,
  rest: readonly Allocation[],
) => readonly Allocation[])[] = [
  (first, second, rest) => [second, first, ...rest],
  (first, _, rest) => [first, ...rest],
  (first, second, rest) => [first, second, ...rest, { ...first, id: "another" }],
  (first, second, rest) => [{ ...first, id: "another" }, second, ...rest],
  (first, second, rest) => [{ ...first, group: second.group }, second, ...rest],
];
/** Among so many one that changed is few: then nothing else is read again. */
const CROWD = 24;

/**
 * An input, and the same one a moment later: some of its allocations changed; now and then some came, went or moved, or
 * versions and deployments did.
 */
export interface Moments {
  readonly before: ReconcileInput;
  readonly after: ReconcileInput;
  readonly changed: number;
}

export function moments(choices: Choices): Moments {
  const input = freeFormInput(choices);
  const before = choices.oneIn(2) ? amongMany(input) : input;
  const allocations = [...before.allocations];
  const changed = allocations.length === 0 ? 0 : choices.of(1, 0, 1, 2, 3);
  for (let n = 0; n < changed; n++) {
    const at = choices.below(allocations.length);
    const one = allocations[at];
    if (one !== undefined) allocations[at] = { ...one, ...choices.of(...CHANGES) };
  }
  const [first, second, ...rest] = allocations;
  // Mostly none, and none where the choices have run out.
  const move = MOVES[choices.below(3 * MOVES.length) - 1];
  const later = choices.of(0, 1, 60_000, 3_600_000);
  const moved =
    move === undefined || first === undefined || second === undefined
      ? allocations
      : move(first, second, rest);
  const now = before.now + later;
  const change = choices.of(asTheyAre, asTheyAre, asTheyAre, asTheyAre, scaled, withoutFirst, withoutLast);
  const versions = change(before.versions);
  const deployments = choices.oneIn(8) ? before.deployments.slice(0, -1) : before.deployments;
  return { before, after: { ...before, versions, deployments, allocations: moved, now }, changed };
}

type Versions = ReconcileInput["versions"];

function asTheyAre(versions: Versions): Versions {
  return versions;
}

function scaled(versions: Versions): Versions {
  return versions.map((job) => ({
    ...job,
    groups: job.groups.map((group) => ({ ...group, count: group.count + 1 })),
  }));
}

function withoutFirst([, ...others]: Versions): Versions {
  return others;
}

function withoutLast(versions: Versions): Versions {
  return versions.slice(0, -1);
}

/** Its allocations in the middle of many that run the current version, and nothing is the matter with. */
function amongMany(input: ReconcileInput): ReconcileInput {
  const job = currentJob(input.versions);
  const group = job?.groups[0];
  if (job === undefined || group === undefined) return input;
  const crowd = Array.from(
    { length: CROWD },
    (_, n): Allocation => ({
      id: `crowd-${String(n).padStart(2, "0")}`,
      // Two of each name.
      name: allocationName(job.id, group.name, 4 + (n >> 1)),
      group: group.name,
      nodeId: "node-9",
      jobVersion: job.version,
      jobCreateIndex: job.createIndex,
      desiredStatus: "run",
      clientStatus: "running",
      createdAt: 1_000,
      modifiedAt: 1_000,
    }),
  );
  const half = CROWD / 2;
  return { ...input, allocations: [...crowd.slice(0, half), ...input.allocations, ...crowd.slice(half)] };
}

/** What one that remembers says of one moment, then of the other, and then of the first again; and what one says that does not. */
export function saidInTurn({ before, after }: Moments): readonly { remembering: string; afresh: string }[] {
  const { policy } = before;
  const reconciler = createReconciler(policy === undefined ? {} : { policy });
  return [before, after, before].map((input) => {
    const { policy: _, ...data } = input;
    return { remembering: said(() => reconciler(data)), afresh: said(() => reconcile(input)) };
  });
}

/** A plan to the last byte, or what is said against the input. */
function said(decide: () => Plan): string {
  try {
    return JSON.stringify(decide());
  } catch (error) {
    return String(error);
  }
}
