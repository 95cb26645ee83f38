import { type Exploration, explore } from "../explore/index.js";
import { emptyJobState, type JobEvent, type JobState, transition } from "../lifecycle/index.js";
import { type Allocation, isActive, isTerminal, type TaskGroup, VerdigrisError } from "../model/index.js";
import { Foreseen } from "./foreseen.js";
import { Moment } from "./moment.js";
import { type Possible, possibleEvents, starts } from "./possible-events.js";

/** What an update policy is asked. @public */
export type PolicyQuestion =
  /** More live at once than the group's count. */
  | "overshoots"
  /** Fewer live and are healthy than the group's count. */
  | "dips"
  /** Somewhere, perhaps after something went wrong, nothing that may happen ends the rollout any more: a deadlock. */
  | "never_finishes";

/** The smallest count at which it is so, and the shortest way there. @public */
export interface PolicyFinding {
  readonly question: PolicyQuestion;
  readonly count: number;
  /** By how many, at the end of that way; 0 where it never finishes. */
  readonly by: number;
  /** What happens after the new version was submitted. */
  readonly events: readonly JobEvent[];
}

/** What was found of an update policy. @public */
export interface PolicyAnalysis {
  readonly findings: readonly PolicyFinding[];
  /** The counts that were tried to the end; the others have too many states. */
  readonly counts: readonly number[];
  readonly states: number;
}

/** How far a policy is analysed. @public */
export interface AnalyseOptions {
  /** So many states of each count at most. Default 5,000. */
  readonly most?: number;
  /** How often something goes wrong - an allocation crashes, or is judged unhealthy - where it is asked whether the rollout can get stuck. Default 1. */
  readonly faults?: number;
}

/**
 * Tries what an update strategy does at every count of a range, in every order in which allocations can become healthy, plans be carried out, time
 * pass and somebody promote: whether it runs more than `count` at once, fewer healthy than `count`, and whether it can get stuck, also
 * after something went wrong. Gives for each question the smallest count at which the answer is yes. Where no deployment judges health, what runs
 * counts as healthy.
 *
 * @throws VerdigrisError `bad_option`: there are no counts in the range
 *
 * @example
 * ```ts
 * const { findings } = analysePolicy(group, { from: 1, to: 2 });
 * findings.map(({ question, count }) => `${question} at ${count}`); // ["dips at 1"]
 * ```
 *
 * @public
 */
export function analysePolicy(
  group: TaskGroup,
  range: { readonly from: number; readonly to: number },
  { most = 5_000, faults = 1 }: AnalyseOptions = {},
): PolicyAnalysis {
  const isRange = Number.isInteger(range.from) && Number.isInteger(range.to) && range.from >= 1;
  if (!isRange || range.from > range.to)
    throw new VerdigrisError(
      "bad_option",
      `There are no counts from ${range.from} to ${range.to}: both are whole, 1 or more, and "from" is not above "to".`,
      { from: range.from, to: range.to },
    );
  const findings = new Map<PolicyQuestion, PolicyFinding>();
  const counts: number[] = [];
  let states = 0;
  for (let count = range.from; count <= range.to && findings.size < QUESTIONS.length; count++) {
    const initial = updated({ ...group, count });
    let isComplete = true;
    for (const question of QUESTIONS) {
      if (findings.has(question)) continue;
      const explored = ask(question, initial, count, { most, faults });
      states += explored.states;
      isComplete &&= explored.isComplete || explored.violations.length > 0;
      const [found] = explored.violations;
      if (found !== undefined) findings.set(question, findingOf(question, initial, count, found.trace));
    }
    if (isComplete) counts.push(count);
  }
  return { findings: [...findings.values()], counts, states };
}

const QUESTIONS: readonly PolicyQuestion[] = ["overshoots", "dips", "never_finishes"];

/** A job of one group that runs as specified, at the moment after another version of it was submitted. */
function updated(group: TaskGroup): Moment {
  const job = (image: string): Extract<JobEvent, { readonly kind: "submit" }>["job"] => ({
    id: "analysed",
    type: "service",
    groups: [{ ...group, tasks: group.tasks.map((task) => ({ ...task, config: { analysed: image } })) }],
  });
  const first = new Foreseen(
    transition(emptyJobState(), { kind: "submit", now: 0, job: job("1") }).state,
    0,
    { startAfter: 0 },
  );
  first.begin();
  first.goOn();
  const { state } = transition(first.state, { kind: "submit", now: first.now, job: job("2") });
  return new Moment(state, first.now);
}

interface Tried {
  readonly moment: Moment;
  readonly faultsLeft: number;
}

function ask(
  question: PolicyQuestion,
  initial: Moment,
  count: number,
  { most, faults }: Required<AnalyseOptions>,
): Exploration<Possible> {
  const isStuckAsked = question === "never_finishes";
  return explore<Tried, Possible>(
    {
      // One that crashes is short at once, whatever the policy: only what comes of it later is asked.
      initial: { moment: initial, faultsLeft: isStuckAsked ? faults : 0 },
      events: ({ moment, faultsLeft }) =>
        [...possibleEvents(moment), ...starts(moment)].filter(
          ({ isFault, event }) =>
            (isFault !== true || faultsLeft > 0) && event.kind !== "fail" && event.kind !== "revert",
        ),
      next: ({ moment, faultsLeft }, { event, isFault }) => {
        const after = moment.after(event);
        return after && { moment: after, faultsLeft: faultsLeft - (isFault === true ? 1 : 0) };
      },
      canonical: ({ moment, faultsLeft }) => `${faultsLeft} ${moment.sort}`,
      properties: isStuckAsked
        ? { mayLast: ({ moment }) => !moment.state.deployments.some(isActive) }
        : { ofState: ({ moment }) => (excess(question, moment.state, count) > 0 ? question : undefined) },
    },
    { most },
  );
}

/** By how many a state answers the question. */
function excess(question: PolicyQuestion, { allocations }: JobState, count: number): number {
  const live = allocations.filter((one) => !isTerminal(one));
  if (question === "overshoots") return live.length - count;
  if (question === "never_finishes") return 0;
  return count - live.filter(isWell).length;
}

/** Healthy, or running where nobody judges it. */
function isWell({ deploymentId, deploymentStatus, clientStatus }: Allocation): boolean {
  return deploymentId === undefined ? clientStatus === "running" : deploymentStatus?.healthy === true;
}

function findingOf(
  question: PolicyQuestion,
  initial: Moment,
  count: number,
  trace: readonly Possible[],
): PolicyFinding {
  const events = trace.map(({ event }) => event);
  const end = events.reduce((state, event) => transition(state, event).state, initial.state);
  return { question, count, by: excess(question, end, count), events };
}
