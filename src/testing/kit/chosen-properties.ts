import { VerdigrisError } from "../../model/index.js";
import {
  type PlanProperty,
  PROPERTIES,
  type Property,
  type StateProperty,
  type StepProperty,
} from "../../properties/index.js";

import { lockstep } from "../model/lockstep.js";
import { badOption } from "./refuse-options.js";
import type { RunOptions } from "./run-options.js";

/** Those that apply, by what they are asked of. */
export interface ChosenProperties {
  readonly plans: readonly PlanProperty[];
  readonly steps: readonly StepProperty[];
  readonly states: readonly StateProperty[];
}

/** What can be asked of a reconciler and its lifecycle: the catalogue, and the small model besides. */
const EVERY_PROPERTY: readonly Property[] = [...PROPERTIES, lockstep];

/**
 * Looks the names up. One that no property bears is refused (`unknown_property`), for a check left out looks like one that
 * passes; so is one to ask that is not `among` those of this run (`bad_option`), and asking none at all. Of a failure that
 * is replayed the violated one is asked alone.
 */
export function chosenProperties(
  { properties, except = [], replay }: RunOptions,
  among: readonly Property[] = EVERY_PROPERTY,
): ChosenProperties {
  const known = new Set(EVERY_PROPERTY.map(({ name }) => name));
  const again = replay?.property;
  for (const name of [...(properties ?? []), ...except, ...(again === undefined ? [] : [again])])
    if (!known.has(name)) throw unknownProperty(name, known);
  for (const name of properties ?? []) {
    if (among.some((property) => property.name === name)) continue;
    throw badOption(
      "properties",
      `names "${name}", which only assertLifecycle asks, for it is the lifecycle's`,
    );
  }
  const chosen = among.filter(
    ({ name }) => (properties === undefined || properties.includes(name)) && !except.includes(name),
  );
  if (chosen.length === 0) throw badOption("properties", "leaves none to ask");
  // Who throws breaks `total`, whether it is chosen or not.
  if (again !== undefined && again !== "total" && !chosen.some(({ name }) => name === again))
    throw badOption("replay", `is of "${again}", which is not asked here`);
  const asked = {
    plans: chosen.filter((property) => property.kind === "plan"),
    steps: chosen.filter((property) => property.kind === "step"),
    states: chosen.filter((property) => property.kind === "state"),
  };
  return again === undefined ? asked : only(again, asked);
}

function unknownProperty(name: string, known: ReadonlySet<string>): VerdigrisError {
  const names = [...known].sort();
  return new VerdigrisError(
    "unknown_property",
    `No property is called "${name}"; there are ${names.join(", ")}.`,
    {
      name,
      names,
    },
  );
}

/** That one alone. */
export function only(name: string, { plans, steps, states }: ChosenProperties): ChosenProperties {
  return {
    plans: plans.filter((property) => property.name === name),
    steps: steps.filter((property) => property.name === name),
    states: states.filter((property) => property.name === name),
  };
}
