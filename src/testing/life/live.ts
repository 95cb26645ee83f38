import { healthy } from "./clients.js";
import type { Happening } from "./happening.js";
import { HAPPENINGS } from "./happenings.js";
import { begin } from "./jobs.js";
import type { Life } from "./life.js";

/** A life begins: a first version is submitted, and mostly becomes healthy. @public */
export function beginLife(life: Life, birth: readonly number[]): void {
  life.meet(birth);
  begin(life);
  if (!life.choices.oneIn(4)) healthy(life);
}

/** Lets something happen in a life, and does what it asks for. @public */
export function happen(life: Life, { kind, choices }: Happening): void {
  life.meet(choices);
  HAPPENINGS[kind].happens(life);
  life.rest();
}
