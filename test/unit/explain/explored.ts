import {
  currentJob,
  isActive,
  isTerminal,
  isVerdigrisError,
  type JobState,
  transition,
} from "../../../src/index.js";
import { type RolloutOptions, rolloutSpace } from "../../../src/testing/index.js";

type RolloutSpace = ReturnType<typeof rolloutSpace>;
type RolloutState = RolloutSpace["initial"];

/** What only a person does. */
const OF_OPERATORS: readonly string[] = [
  "submit",
  "submit_earlier",
  "scale",
  "promote",
  "fail",
  "pause",
  "resume",
];

/** Every state of a small space, each once, in the order in which they are met. */
export function statesOf(options: RolloutOptions): RolloutState[] {
  const space = rolloutSpace(options);
  const known = new Set([space.canonical(space.initial)]);
  const states = [space.initial];
  for (const state of states)
    for (const event of space.events(state)) {
      const next = afterwards(space, state, event);
      const text = next === undefined ? undefined : space.canonical(next);
      if (next === undefined || text === undefined || known.has(text)) continue;
      known.add(text);
      states.push(next);
    }
  return states;
}

/** What becomes of the rollout: its version, and the status and promotions of its deployments. */
function outcomeOf({ versions, deployments }: JobState): string {
  const job = currentJob(versions);
  const own = deployments.filter(({ jobVersion }) => jobVersion === job?.version);
  const told = own.map((deployment) => {
    const promoted = Object.entries(deployment.groups).map(([name, group]) => [name, group.promoted]);
    return [deployment.id, isActive(deployment) ? "active" : deployment.status, promoted];
  });
  return JSON.stringify([job?.version, told]);
}

/** What may go wrong besides: a client reports that one that lives has failed. So often on one way. */
const FAILURES = 2;

interface Step {
  readonly state: RolloutState;
  readonly failures: number;
  /** Steps of one text are one. */
  readonly text: string;
}

/**
 * Answers whether anything that no operator does changes what becomes of the rollout, by trying all of it. What one search
 * learns of the states on its way the next one knows.
 */
export function searchOfChanges(options: RolloutOptions): (from: RolloutState) => boolean {
  const space = rolloutSpace({ ...options, faults: (options.faults ?? 0) + 1 });
  const changes = new Map<string, boolean>();
  return (from) => {
    const outcome = outcomeOf(from.job);
    const first = stepTo(space, from, 0);
    const cameFrom = new Map<string, string | undefined>([[first.text, undefined]]);
    const steps = [first];
    for (const step of steps) {
      const { text } = step;
      const isKnown = changes.get(text);
      if (isKnown === true || outcomeOf(step.state.job) !== outcome) {
        // Another outcome is one only for the states before it.
        let before = isKnown === true ? text : cameFrom.get(text);
        for (; before !== undefined; before = cameFrom.get(before)) changes.set(before, true);
        return true;
      }
      if (isKnown === false) continue;
      for (const next of withoutOperators(space, step)) {
        if (cameFrom.has(next.text)) continue;
        cameFrom.set(next.text, text);
        steps.push(next);
      }
    }
    for (const text of cameFrom.keys()) changes.set(text, false);
    return false;
  };
}

function stepTo(space: RolloutSpace, state: RolloutState, failures: number): Step {
  return { state, failures, text: `${failures} ${space.canonical(state)}` };
}

function withoutOperators(space: RolloutSpace, { state, failures }: Step): Step[] {
  const events = space.events(state).filter(({ kind }) => !OF_OPERATORS.includes(kind));
  const after = events.flatMap((event) => afterwards(space, state, event) ?? []);
  const failed = failures < FAILURES ? failuresOf(state) : [];
  return [
    ...after.map((next) => stepTo(space, next, failures)),
    ...failed.map((next) => stepTo(space, next, failures + 1)),
  ];
}

function failuresOf(state: RolloutState): RolloutState[] {
  const { job, now } = state;
  return job.allocations.flatMap((one) => {
    if (isTerminal(one)) return [];
    const updates = [{ allocationId: one.id, clientStatus: "failed" as const }];
    return [{ ...state, job: transition(job, { kind: "update_clients", now, updates }).state }];
  });
}

/** Nothing, where the event is refused. */
function afterwards(
  space: RolloutSpace,
  state: RolloutState,
  event: ReturnType<RolloutSpace["events"]>[number],
): RolloutState | undefined {
  try {
    return space.next(state, event);
  } catch (error) {
    if (isVerdigrisError(error)) return undefined;
    throw error;
  }
}
