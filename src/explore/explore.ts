import { KnownStates } from "./known-states.js";
import { Numbers } from "./numbers.js";
import type { Exploration, ExploreOptions, FoundViolation, Space } from "./space.js";
import { stuckStates } from "./stuck-states.js";

/** How often progress is told. */
const TELL_EVERY = 1 << 14;

/**
 * Walks through everything that can happen, breadth first, so that the way to a violation is as short as can be. Bounded
 * by the space itself, never by depth.
 *
 * @example
 * ```ts
 * // A counter that must stay below 3, and may be put back.
 * const counter = {
 *   initial: 0,
 *   events: () => ["add", "reset"],
 *   next: (count, event) => (event === "add" ? count + 1 : 0),
 *   canonical: String,
 *   properties: { ofState: (count) => (count < 3 ? undefined : "it is 3") },
 * };
 * explore(counter).violations; // [{ message: "it is 3", trace: ["add", "add", "add"] }]
 * ```
 *
 * @throws RangeError if `most` or `violations` is below 1; TypeError if `canonical` gives no text
 *
 * @public
 */
export function explore<S, E>(space: Space<S, E>, options: ExploreOptions = {}): Exploration<E> {
  const { most = Number.POSITIVE_INFINITY, violations: enough = 1, onProgress } = options;
  requirePositive("most", most);
  requirePositive("violations", enough);
  const { ofStep, ofState, mayLast } = space.properties ?? {};
  const known = new KnownStates();
  /** Where each state was first reached from, and by which of that state's events. */
  const parents = new Numbers();
  const eventsTaken = new Numbers();
  /** Every step, as pairs of numbers: what can reach rest is found by walking them backwards. */
  const [from, to] = [new Numbers(), new Numbers()];
  const resting = new Numbers();
  const violations: FoundViolation<E>[] = [];
  let transitions = 0;
  let isComplete = true;

  const wayTo = (number: number): E[] => traceOf(space, parents, eventsTaken, number);
  const meet = (state: S, number: number): void => {
    if (mayLast?.(state) === true) resting.push(number);
    const message = ofState?.(state);
    if (message !== undefined) violations.push({ message, trace: wayTo(number) });
  };

  known.add(textOf(space, space.initial));
  parents.push(0);
  eventsTaken.push(0);
  meet(space.initial, 0);
  let frontier: { readonly state: S; readonly number: number }[] = [{ state: space.initial, number: 0 }];
  while (frontier.length > 0 && violations.length < enough && isComplete) {
    const reached: typeof frontier = [];
    for (let at = 0; at < frontier.length && violations.length < enough; at++) {
      const here = frontier[at];
      if (here === undefined) break;
      const events = space.events(here.state);
      for (let n = 0; n < events.length; n++) {
        const event = events[n] as E; // `n` is within the list.
        const state = space.next(here.state, event);
        if (state === undefined) continue;
        transitions++;
        const { number, isNew } = known.add(textOf(space, state));
        if (mayLast !== undefined) {
          from.push(here.number);
          to.push(number);
        }
        const message = ofStep?.(here.state, event, state);
        if (message !== undefined) violations.push({ message, trace: [...wayTo(here.number), event] });
        if (isNew) {
          parents.push(here.number);
          eventsTaken.push(n);
          meet(state, number);
          reached.push({ state, number });
        }
        if (transitions % TELL_EVERY === 0)
          onProgress?.(known.size, frontier.length - at + reached.length, transitions);
      }
      if (known.size >= most) {
        isComplete = false;
        break;
      }
    }
    frontier = reached;
  }
  if (mayLast !== undefined && isComplete && violations.length < enough) {
    for (const number of stuckStates(known.size, from, to, resting).slice(0, enough - violations.length)) {
      violations.push({ message: "from here nothing leads to rest", trace: wayTo(number) });
    }
  }
  return {
    states: known.size,
    transitions,
    violations,
    isComplete: isComplete && violations.length < enough,
  };
}

/** An exploration that may see nothing, or find nothing, would look like one that is sound. */
function requirePositive(option: string, value: unknown): void {
  if (typeof value === "number" && value >= 1) return;
  throw new RangeError(`${option} is ${String(value)}; it must be a number from 1 on`);
}

/** Without a text all states would be one. */
function textOf<S, E>({ canonical }: Space<S, E>, state: S): string {
  const text: unknown = canonical(state);
  if (typeof text === "string") return text;
  throw new TypeError(`canonical must return a string, it returned ${text === null ? "null" : typeof text}`);
}

/** The events that first led to a state: the numbers were written down, and are told again from the beginning. */
function traceOf<S, E>(space: Space<S, E>, parents: Numbers, eventsTaken: Numbers, number: number): E[] {
  const numbers: number[] = [];
  for (let at = number; at !== 0; at = parents.at(at)) numbers.unshift(eventsTaken.at(at));
  let { initial: state } = space;
  return numbers.flatMap((n) => {
    const event = space.events(state)[n];
    const next = event === undefined ? undefined : space.next(state, event);
    if (event === undefined || next === undefined)
      throw new Error("a space must give the same events every time");
    state = next;
    return [event];
  });
}
