import type { Plan } from "../model/index.js";
import type { ReconcileInput } from "../reconcile/index.js";
import type { Wrong } from "./wrong.js";

/** What every property has: where it is stated, and how it is checked. @public */
export interface Checked<Kind extends string, Case> {
  /** What it is asked of: a plan, an accepted event (a step), or a state. */
  readonly kind: Kind;
  readonly name: string;
  readonly sentence: string;
  /** Where the docs state it: `properties.md#<heading>`. */
  readonly anchor: string;
  /** What is wrong; nothing when it holds, `NOT_ASKED` where its premise is not met. */
  readonly check: (subject: Case) => readonly Wrong[];
}

/** One way in which a property is broken. @public */
export interface Violation extends Wrong {
  /** The property's name. */
  readonly property: string;
  /** Where the docs state it. */
  readonly anchor: string;
}

/** What a property looks at: an input, the plan that was made of it, and whoever makes plans. @public */
export interface PlanCase {
  readonly input: ReconcileInput;
  readonly plan: Plan;
  readonly reconcile: (input: ReconcileInput) => Plan;
  /** The input as JSON, less its policy, as it was before the plan was made: what that changed shows. Default: as it is now. */
  readonly written?: string;
}

/** Something that must hold of every plan, as a sentence and as a check. @public */
export interface PlanProperty extends Checked<"plan", PlanCase> {
  /** It looks at one plan only: cheap enough to stay on. Others ask for more plans. */
  readonly cost: "one_plan" | "more_plans";
}

/**
 * Every violation of these properties - all of one kind - by one plan, step or state.
 *
 * @example
 * ```ts
 * const input = { versions: [job], allocations: [], deployments: [], now, evaluationId };
 * violationsOf(PLAN_PROPERTIES, { input, plan: reconcile(input), reconcile }); // []
 * ```
 *
 * @public
 */
export function violationsOf<Case>(properties: readonly Checked<string, Case>[], subject: Case): Violation[] {
  return properties.flatMap(({ name, anchor, check }) =>
    check(subject).map(({ message, details }) => ({ property: name, anchor, message, details })),
  );
}
