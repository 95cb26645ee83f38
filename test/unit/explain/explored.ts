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
export function* statesOf(options: RolloutOptions, most: number): Generator<RolloutState> {
  const space = rolloutSpace(options);
  yield* reachable(space, space.initial, (state) => space.events(state), most);
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

/** Whether anything that no operator does changes what becomes of the rollout, by trying all of it; nothing: it is too much. */
export function mayChange(options: RolloutOptions, from: RolloutState, most: number): boolean | undefined {
  const space = rolloutSpace({ ...options, faults: from.spent.faults + 2 });
  const outcome = outcomeOf(from.job);
  const events = (state: RolloutState): ReturnType<RolloutSpace["events"]> =>
    space.events(state).filter(({ kind }) => !OF_OPERATORS.includes(kind));
  let seen = 0;
  for (const state of reachable(space, from, events, most, failures)) {
    if (outcomeOf(state.job) !== outcome) return true;
    seen++;
  }
  return seen < most ? false : undefined;
}

/** What a client may report besides: one that lives has failed. */
function failures(state: RolloutState): RolloutState[] {
  const { job, now } = state;
  return job.allocations.flatMap((one) => {
    if (isTerminal(one)) return [];
    const updates = [{ allocationId: one.id, clientStatus: "failed" as const }];
    return [{ ...state, job: transition(job, { kind: "update_clients", now, updates }).state }];
  });
}

function* reachable(
  space: RolloutSpace,
  from: RolloutState,
  eventsOf: (state: RolloutState) => ReturnType<RolloutSpace["events"]>,
  most: number,
  besides: (state: RolloutState) => RolloutState[] = () => [],
): Generator<RolloutState> {
  const known = new Set([space.canonical(from)]);
  const left = [from];
  for (let state = left.shift(); state !== undefined; state = left.shift()) {
    yield state;
    const after = eventsOf(state).map((event) => afterwards(space, state, event));
    for (const next of [...after, ...besides(state)]) {
      if (next === undefined) continue;
      const text = space.canonical(next);
      if (known.has(text) || known.size >= most) continue;
      known.add(text);
      left.push(next);
    }
  }
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
