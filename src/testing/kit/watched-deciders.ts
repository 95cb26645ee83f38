import { isVerdigrisError } from "../../model/index.js";
import { type Deciders, type Wrong, wrong } from "../../properties/index.js";
import { whatIs } from "../what-is.js";

/** What a plan consists of, and what each part must be. */
const PARTS = [
  ["madeFrom", "an object"],
  ["actions", "a list"],
  ["groups", "an object"],
  ["deploymentUpdates", "a list"],
  ["followUps", "a list"],
  ["waiting", "a list"],
] as const;

/** Those who decide, watched: whoever throws, or answers with what is no answer, is named. */
export class WatchedDeciders implements Deciders {
  readonly reconcile: Deciders["reconcile"];
  readonly transition: Deciders["transition"];
  /** What was thrown last, and by whom. */
  #last: { readonly error: unknown; readonly blame: Wrong } | undefined;

  constructor({ reconcile, transition }: Deciders) {
    this.reconcile = (input) => {
      const by = "reconcile";
      const plan = this.#watch(
        () => reconcile(input),
        (error) => wrong`${{ by }} threw ${{ error }}`,
      );
      const returned = notPlan(plan);
      if (returned === undefined) return plan;
      throw this.#blamed(wrong`${{ by }} must return a plan, it returned ${{ returned }}`);
    };
    this.transition = (state, event) => {
      const [by, at] = ["transition", event.kind];
      const done = this.#watch(
        () => transition(state, event),
        (error) => wrong`${{ by }} threw ${{ error }} at ${{ event: at }}`,
      );
      const returned = notTransition(done);
      if (returned === undefined) return done;
      throw this.#blamed(
        wrong`${{ by }} must return { state, changed }, it returned ${{ returned }} at ${{ event: at }}`,
      );
    };
  }

  /** What an error says of those who decide. One that none of them threw arose while reading what they decided. */
  blame(error: unknown): Wrong {
    return this.#last !== undefined && this.#last.error === error
      ? this.#last.blame
      : wrong`what was decided cannot be read: ${{ error: textOf(error) }}`;
  }

  #watch<T>(decide: () => T, blame: (error: string) => Wrong): T {
    try {
      return decide();
    } catch (error) {
      this.#last = { error, blame: blame(textOf(error)) };
      throw error;
    }
  }

  #blamed(blame: Wrong): Error {
    const error = new Error(blame.message);
    this.#last = { error, blame };
    return error;
  }
}

function textOf(error: unknown): string {
  return isVerdigrisError(error) ? `${error.code}: ${error.message}` : String(error);
}

/** What was returned instead of a plan; nothing: it is one. */
function notPlan(returned: unknown): string | undefined {
  const what = whatIs(returned);
  if (what !== "an object" || typeof returned !== "object" || returned === null) return what;
  for (const [part, must] of PARTS) {
    const is = whatIs(Reflect.get(returned, part));
    if (is !== must) return `an object whose ${part} is ${is} and not ${must}`;
  }
  return undefined;
}

/** What was returned instead of a transition; nothing: it is one. */
function notTransition(returned: unknown): string | undefined {
  const what = whatIs(returned);
  if (what !== "an object" || typeof returned !== "object" || returned === null) return what;
  const state = whatIs(Reflect.get(returned, "state"));
  return state === "an object" ? undefined : `an object whose state is ${state}`;
}
