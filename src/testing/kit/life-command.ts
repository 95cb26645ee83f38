import type { Command } from "fast-check";
import type { Happening, HappeningKind } from "../life/happening.js";
import type { Life } from "../life/life.js";
import { happen } from "../life/live.js";

/** A happening as fast-check's command: all of it is data, nothing is drawn when it runs. @public */
export class LifeCommand implements Command<Life, unknown> {
  readonly happening: Happening;

  constructor(happening: Happening) {
    this.happening = happening;
  }

  /** Whatever happens may happen always: what cannot be is refused. */
  check(_life: Readonly<Life>): boolean {
    return true;
  }

  run(life: Life, _real: unknown): void {
    happen(life, this.happening);
  }

  toString(): HappeningKind {
    return this.happening.kind;
  }
}
