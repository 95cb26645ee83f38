import { healthy } from "./clients.js";
import type { Happening } from "./happening.js";
import { HAPPENINGS } from "./happenings.js";
import { begin } from "./jobs.js";
import type { Life } from "./life.js";

/**
 * A life begins: a first version is submitted, and mostly becomes healthy.
 *
 * @example
 * ```ts
 * const life = new Life({ reconcile, transition });
 * beginLife(life, [0]);
 * life.state.versions.length; // 1
 * ```
 *
 * @public
 */
export function beginLife(life: Life, birth: readonly number[]): void {
  life.meet(birth);
  begin(life);
  if (!life.choices.oneIn(4)) healthy(life);
}

/**
 * Lets something happen in a life, and does what it asks for.
 *
 * @example
 * ```ts
 * const life = new Life({ reconcile, transition });
 * beginLife(life, [0]);
 * happen(life, { kind: HAPPENING_KINDS[0], choices: [0] });
 * life.state.versions.length > 0; // true
 * ```
 *
 * @public
 */
export function happen(life: Life, { kind, choices }: Happening): void {
  life.meet(choices);
  HAPPENINGS[kind].happens(life);
  life.rest();
}
