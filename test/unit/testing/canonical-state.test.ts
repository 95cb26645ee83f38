import { describe, expect, it } from "vitest";
import { explore } from "../../../src/explore/index.js";
import type { JobState } from "../../../src/index.js";
import type { RolloutEvent } from "../../../src/testing/rollout/events.js";
import { type RolloutOptions, rolloutSpace } from "../../../src/testing/rollout/space.js";
import type { RolloutState } from "../../../src/testing/rollout/state.js";

const TIMES_AND_INDEXES = new Set([
  "index",
  "createIndex",
  "modifyIndex",
  "jobCreateIndex",
  "jobModifyIndex",
  "createdAt",
  "modifiedAt",
  "requireProgressBy",
  "wakeAt",
  "at",
]);

/** The whole state but for which times and indexes it has, ids in the order in which they appear: nothing else is left out. */
function unreduced(state: JobState): string {
  const ids = new Map<string, string>();
  return JSON.stringify(state, (key, value: unknown) => {
    if (TIMES_AND_INDEXES.has(key)) return "set";
    if (typeof value !== "string" || !/^(node of )?\d+\.|^e\d+|deployment/.test(value)) return value;
    const known = ids.get(value) ?? `id ${ids.size}`;
    ids.set(value, known);
    return known;
  });
}

/** The same space, each question of which is answered once: both the walk and the test ask them. */
function answeredOnce({ initial, events, next, canonical }: Space): Space {
  const following = once((state: RolloutState) => ({
    events: events(state),
    next: once((event: RolloutEvent) => next(state, event)),
  }));
  return {
    initial,
    events: (state) => following(state).events,
    next: (state, event) => following(state).next(event),
    canonical: once(canonical),
  };
}

function once<K extends object, V>(answer: (of: K) => V): (of: K) => V {
  const known = new WeakMap<K, { readonly value: V }>();
  return (of) => {
    let found = known.get(of);
    if (found === undefined) {
      found = { value: answer(of) };
      known.set(of, found);
    }
    return found.value;
  };
}

/** What can become of a state: by which kind of event, and what then is. */
function whatCanHappen(space: Space, state: RolloutState): string {
  const followers = new Set<string>();
  for (const event of space.events(state)) {
    const next = space.next(state, event);
    const part = event.kind === "plan_in_part" ? event.part : "";
    if (next !== undefined) followers.add(`${event.kind} ${part} ${space.canonical(next)}`);
  }
  return [...followers].sort().join("\n");
}

type Space = ReturnType<typeof rolloutSpace>;

const spaces: readonly (readonly [string, RolloutOptions])[] = [
  ["three, one canary", { count: 3, faults: 0, update: { canary: 1 } }],
  ["three at once, a fault", { count: 3, faults: 1, versions: 1, update: { maxParallel: 3 } }],
  [
    "one, two versions, a fault",
    { count: 1, faults: 1, versions: 2, update: { canary: 1, autoRevert: true } },
  ],
  [
    "one and two, scaled, three versions",
    { count: 1, faults: 0, versions: 3, counts: [1, 2], update: { maxParallel: 2 } },
  ],
];

describe("states that count as one behave alike", () => {
  it.each(spaces)("%s", (_, options) => {
    const space = answeredOnce(rolloutSpace(options));
    const byText = new Map<string, string>();
    let differing = 0;
    const walk: Space = {
      initial: space.initial,
      events: space.events,
      next: space.next,
      canonical: ({ job, spent }) => `${spent.faults} ${spent.submits} ${unreduced(job)}`,
      properties: {
        ofState: (state) => {
          const text = space.canonical(state);
          const happens = whatCanHappen(space, state);
          if ((byText.get(text) ?? happens) !== happens) differing++;
          byText.set(text, happens);
          return undefined;
        },
      },
    };
    const all = explore<RolloutState, RolloutEvent>(walk);
    const reduced = explore<RolloutState, RolloutEvent>({
      ...walk,
      canonical: space.canonical,
      properties: {},
    });
    expect(all.isComplete).toBe(true);
    expect(differing).toBe(0);
    // The reduction loses none, and there is something to reduce.
    expect(reduced.states).toBe(byText.size);
    expect(all.states).toBeGreaterThan(reduced.states * 1.2);
  });
});
