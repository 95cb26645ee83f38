import {
  type Allocation,
  currentJob,
  planHash as hashOf,
  isActive,
  isPlacing,
  type Plan,
  VerdigrisError,
} from "../../model/index.js";
import { applyDeployment, applyStatuses, countJoined, Joiners } from "../apply/deployments.js";
import { type Placed, place } from "../apply/placed.js";
import type { PlacementOutcome } from "../apply/placement-outcome.js";
import {
  afterPlacement,
  afterVerdict,
  comparison,
  hasEffect,
  isVerdict,
  type Verdict,
} from "../apply/verdicts.js";
import {
  allocationsOf,
  type Change,
  changeGroups,
  changing,
  deploymentsOf,
  setAllocation,
  withoutEvaluate,
} from "../change.js";
import { restartDeadlines } from "../deadlines.js";
import { keepFollowUps } from "../follow-ups.js";
import { currentDeploymentAt, type JobState, registeredJob } from "../job-state.js";
import type { Transition } from "../outcome.js";
import { withChanges } from "../plain.js";
import { forgetPurged } from "../versions.js";

/** A plan was carried out. @public */
export interface ApplyPlan {
  readonly now: number;
  /** As `reconcile` made it from this very state, or with some of its actions left out: what was done of it. */
  readonly plan: Plan;
  /** One for every place, canary and replace action. */
  readonly placements?: readonly PlacementOutcome[];
  /** Only if this is the plan, whole: what `planHash` made of the one that somebody saw and agreed to. */
  readonly planHash?: string;
}

/**
 * Makes a plan's decisions part of the state, in one step. A plan that was carried out in part is given without the
 * actions that were not done; the next plan does what is left. Asks for another evaluation as long as anything changed.
 *
 * @throws VerdigrisError `stale_plan`, `other_plan`, `missing_placement`, `unknown_placement`, `duplicate_allocation`,
 * `unknown_node`, `unknown_allocation`
 *
 * @example
 * ```ts
 * const plan = reconcile({ ...submitted, now, evaluationId: "eval-1" });
 * const placements = [0, 1, 2].map((n) => ({ placement: `web/${n}`, allocationId: `a${n}`, nodeId: "node-1" }));
 * const { state, evaluate } = applyPlan(submitted, { plan, placements, now });
 * state.allocations[0]?.clientStatus; // "pending"
 * evaluate?.because; // "plan_applied"
 * ```
 *
 * @public
 */
export function applyPlan(state: JobState, { now, plan, placements = [], planHash }: ApplyPlan): Transition {
  requireFresh(state, plan);
  requireAsked(plan, planHash);
  const outcomes = requireOutcomes(state, plan, placements);
  const positions = positionsOf(state, plan);
  const done = changing(state, now, (change) => {
    const job = currentJob(state.versions);
    if (plan.deployment !== undefined) applyDeployment(change, plan.deployment, job);
    const previous = (id: string): Allocation | undefined => state.allocations[positions.get(id) ?? -1];
    const placed = place(plan, outcomes, previous, state.versions, now);
    carryOut(change, plan, placed, outcomes, positions);
    applyStatuses(change, plan.deploymentUpdates);
    noteRoom(change, plan, placed);
    keepFollowUps(change, plan.followUps, plan.madeFrom.evaluationId);
    restartDeadlines(change, currentDeploymentAt(deploymentsOf(change), registeredJob(state)));
    forgetPurged(change);
    if (plan.wakeAt !== undefined) change.draft.wakeAt = plan.wakeAt;
    else if (state.wakeAt !== undefined) delete change.draft.wakeAt;
    return { evaluate: { because: "plan_applied" } };
  });
  return onlyWakeAtDiffers(state, done.state) ? withoutEvaluate(done) : done;
}

/** A new time to wake up is noted, and is no reason to plan again. */
function onlyWakeAtDiffers(before: JobState, after: JobState): boolean {
  const { index: _, wakeAt: __, ...was } = before;
  const { index: ___, wakeAt: ____, ...is } = after;
  return withChanges(was, is) === was && withChanges(is, was) === is;
}

function requireFresh(state: JobState, { madeFrom }: Plan): void {
  if (madeFrom.index === state.index) return;
  throw new VerdigrisError(
    "stale_plan",
    madeFrom.index === undefined
      ? `The plan does not say which state it was made from; give \`reconcile\` the state's index, as \`{ ...state }\` does.`
      : `The plan was made from the state at index ${madeFrom.index}; it is at ${state.index} now. Reconcile again.`,
    { madeFrom: madeFrom.index ?? null, index: state.index },
  );
}

/** Refuses every plan but the one that was asked for. */
function requireAsked(plan: Plan, asked: string | undefined): void {
  if (asked === undefined) return;
  const given = hashOf(plan);
  if (given === asked) return;
  throw new VerdigrisError(
    "other_plan",
    `The plan's hash is ${given}, not ${asked}: it does something else than what was asked for. Preview again, and look at what changed.`,
    { asked, given },
  );
}

/** The outcome of every placement, by its name. */
function requireOutcomes(
  state: JobState,
  plan: Plan,
  placements: readonly PlacementOutcome[],
): ReadonlyMap<string, PlacementOutcome> {
  const wanted = new Set<string>();
  for (const action of plan.actions) if (isPlacing(action)) wanted.add(action.placement);
  const outcomes = new Map<string, PlacementOutcome>();
  for (const outcome of placements) {
    if (!wanted.has(outcome.placement) || outcomes.has(outcome.placement)) {
      throw new VerdigrisError(
        "unknown_placement",
        `"${outcome.placement}" is ${wanted.has(outcome.placement) ? "said twice" : "no placement of this plan"}; each of the plan's is said once.`,
        { placement: outcome.placement },
      );
    }
    outcomes.set(outcome.placement, outcome);
  }
  for (const placement of wanted) {
    if (outcomes.has(placement)) continue;
    throw new VerdigrisError(
      "missing_placement",
      `Where did "${placement}" go? Say its allocation and node, or \`noRoom: true\`; leave its action out of the plan if it was not tried.`,
      { placement },
    );
  }
  requirePlaces(state, placements);
  return outcomes;
}

function requirePlaces(state: JobState, placements: readonly PlacementOutcome[]): void {
  const made = placements.flatMap((outcome) => ("noRoom" in outcome ? [] : [outcome]));
  if (made.length === 0) return;
  const ids = new Set(state.allocations.map(({ id }) => id));
  const gone = new Set((state.nodes ?? []).flatMap(({ id, status }) => (status === "gone" ? [id] : [])));
  for (const { allocationId, nodeId, placement } of made) {
    if (ids.has(allocationId)) {
      throw new VerdigrisError(
        "duplicate_allocation",
        `Placement "${placement}" is to be allocation "${allocationId}", which there is already; an id is borne once.`,
        { id: allocationId, placement },
      );
    }
    ids.add(allocationId);
    if (nodeId !== "" && !gone.has(nodeId)) continue;
    throw new VerdigrisError(
      "unknown_node",
      `Placement "${placement}" went to node "${nodeId}", which does not exist; name one that does, or say \`noRoom: true\`.`,
      { nodeId, placement },
    );
  }
}

/** Where the allocations stand that something happens to. */
function positionsOf(state: JobState, plan: Plan): ReadonlyMap<string, number> {
  const wanted = new Set<string>();
  for (const action of plan.actions) {
    if (isVerdict(action) && hasEffect(action)) wanted.add(action.allocationId);
    if ("previousAllocation" in action && action.previousAllocation !== undefined) {
      wanted.add(action.previousAllocation);
    }
  }
  const positions = new Map<string, number>();
  if (wanted.size === 0) return positions;
  state.allocations.forEach(({ id }, at) => {
    if (wanted.has(id)) positions.set(id, at);
  });
  for (const id of wanted) {
    if (positions.has(id)) continue;
    throw new VerdigrisError(
      "unknown_allocation",
      `The plan speaks of allocation "${id}", which this state does not have; was it made from another one?`,
      { allocationId: id },
    );
  }
  return positions;
}

function carryOut(
  change: Change,
  plan: Plan,
  placed: Placed,
  tried: ReadonlyMap<string, PlacementOutcome>,
  positions: ReadonlyMap<string, number>,
): void {
  const { before, now } = change;
  const joiners = new Joiners();
  const context = { now, placed, tried, isSameAs: comparison(before.versions) };
  const verdicts = new Map<string, Verdict>();
  for (const action of plan.actions) if (isVerdict(action)) verdicts.set(action.allocationId, action);
  for (const [id, at] of positions) {
    const allocation = before.allocations[at];
    if (allocation === undefined) continue;
    const verdict = verdicts.get(id);
    const next = placed.nextOf.get(id);
    const judged =
      verdict === undefined
        ? afterPlacement(allocation, context)
        : afterVerdict(allocation, verdict, context);
    const after = next === undefined ? judged : withChanges(judged, { nextAllocation: next });
    setAllocation(change, at, after);
    if (verdict?.kind === "update") joiners.join(after);
  }
  addAllocations(change, placed.allocations);
  for (const allocation of placed.allocations) joiners.join(allocation);
  countJoined(change, joiners);
}

function addAllocations(change: Change, added: readonly Allocation[]): void {
  if (added.length === 0) return;
  change.ownAllocations = allocationsOf(change).concat(added);
}

/** Remembers what found no room: the active deployment's groups, and the job as a whole. */
function noteRoom(change: Change, plan: Plan, { noRoom }: Placed): void {
  const { draft } = change;
  if (noRoom.size > 0) draft.waitsForRoom = true;
  else if (draft.waitsForRoom === true) delete draft.waitsForRoom;
  const id = plan.deployment?.id ?? plan.madeFrom.deploymentId;
  const at = deploymentsOf(change).findIndex((one) => one.id === id);
  const deployment = deploymentsOf(change)[at];
  if (deployment === undefined || !isActive(deployment)) return;
  const groups = Object.keys(deployment.groups);
  changeGroups(
    change,
    at,
    groups.map((group) => [group, { noRoom: noRoom.get(group) }]),
  );
}
