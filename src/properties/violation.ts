import type { Plan } from "../model/index.js";
import type { ReconcileInput } from "../reconcile/index.js";

/** One way in which a plan breaks a property. @public */
export interface Violation {
  readonly property: string;
  /** What is wrong, with the names and numbers that show it. */
  readonly message: string;
}

/** What a property looks at: an input, the plan that was made of it, and whoever makes plans. @public */
export interface PlanCase {
  readonly input: ReconcileInput;
  readonly plan: Plan;
  readonly reconcile: (input: ReconcileInput) => Plan;
}

/** Something that must hold of every plan, as a sentence and as a check. @public */
export interface PlanProperty {
  readonly name: string;
  readonly sentence: string;
  /** What is wrong; nothing when it holds. */
  readonly check: (subject: PlanCase) => readonly string[];
  /** It looks at one plan only: cheap enough to stay on. Others ask for more plans. */
  readonly cost: "one_plan" | "more_plans";
}

/** Every violation of the properties by one plan. @public */
export function violationsOf(properties: readonly PlanProperty[], subject: PlanCase): Violation[] {
  return properties.flatMap((property) =>
    property.check(subject).map((message) => ({ property: property.name, message })),
  );
}
