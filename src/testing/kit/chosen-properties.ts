import { VerdigrisError } from "../../model/index.js";
import {
  type PlanProperty,
  PROPERTIES,
  type Property,
  type StateProperty,
  type StepProperty,
} from "../../properties/index.js";

/** Which of the catalogue apply. Default: all. @public */
export interface Choice {
  /** Names of properties; no others are checked. */
  readonly properties?: readonly string[];
  /** Names of properties that are not checked. */
  readonly except?: readonly string[];
}

/** Those that apply, by what they are asked of. */
export interface ChosenProperties {
  readonly plans: readonly PlanProperty[];
  readonly steps: readonly StepProperty[];
  readonly states: readonly StateProperty[];
}

/** Looks the names up; a name that no property bears is refused (`unknown_property`), for a check left out looks like one that passes. */
export function chosenProperties(
  { properties, except = [] }: Choice,
  among: readonly Property[] = PROPERTIES,
): ChosenProperties {
  const known = new Set(among.map(({ name }) => name));
  for (const name of [...(properties ?? []), ...except]) {
    if (known.has(name)) continue;
    const names = [...known].sort();
    throw new VerdigrisError(
      "unknown_property",
      `No property is called "${name}"; there are ${names.join(", ")}.`,
      {
        name,
        names,
      },
    );
  }
  const chosen = among.filter(
    ({ name }) => (properties === undefined || properties.includes(name)) && !except.includes(name),
  );
  return {
    plans: chosen.filter((property) => property.kind === "plan"),
    steps: chosen.filter((property) => property.kind === "step"),
    states: chosen.filter((property) => property.kind === "state"),
  };
}

/** That one alone. */
export function only(name: string, { plans, steps, states }: ChosenProperties): ChosenProperties {
  return {
    plans: plans.filter((property) => property.name === name),
    steps: steps.filter((property) => property.name === name),
    states: states.filter((property) => property.name === name),
  };
}
