import type { Deciders } from "../../properties/index.js";
import type { Trace } from "../../simulate/index.js";
import type { Bucket } from "../coverage/bucket.js";
import type { Coverage } from "../coverage/coverage.js";
import { seeRefusal, seeStep } from "../coverage/event-coverage.js";
import { seePlan } from "../coverage/plan-coverage.js";
import type { JobLimits } from "../generate/job-limits.js";
import { JOB, Life } from "../life/life.js";
import { beginLife } from "../life/live.js";
import { Found, type Judge } from "./judge.js";
import { endOf } from "./shortest-trace.js";

/** Who is judged, by whom, and what is counted. */
export interface Trial {
  readonly decide: Deciders;
  readonly judge: Judge;
  readonly coverage: Coverage<Bucket>;
  readonly limits: JobLimits;
  /** How many things happen in a life, more or less. */
  readonly steps: number;
}

/** A life that is judged: each plan and step, and one state, on the way or the last. */
export class JudgedLife {
  readonly life: Life;
  readonly #judge: Judge;
  /** When a state is judged; in a life that is over by then, the last. */
  readonly #moment: number;
  #rests = 0;

  constructor(birth: readonly number[], { decide, judge, coverage, limits, steps }: Trial) {
    this.#judge = judge;
    this.#moment = (birth[0] ?? 0) % (2 * steps);
    this.life = new Life(
      decide,
      {
        step: (before, event, after) => {
          seeStep(coverage, before, event, after);
          judge.step(before, event, after);
        },
        refused: (_, __, error) => seeRefusal(coverage, error),
        planned: (input, plan) => {
          seePlan(coverage, input, plan);
          judge.plan(input, plan, false);
        },
        rested: () => {
          if (this.#rests++ === this.#moment) this.#judgeState();
        },
      },
      limits,
    );
  }

  get steps(): number {
    return this.#rests;
  }

  begin(birth: readonly number[]): void {
    beginLife(this.life, birth);
  }

  end(): void {
    if (this.#rests <= this.#moment) this.#judgeState();
  }

  /** What would become of the state, and everything that its plan must be. */
  #judgeState(): void {
    this.#judge.state(this.life.state, this.life.now);
    const { input, plan } = this.life.plan("judged");
    this.#judge.plan(input, plan, true);
  }

  /** The way to what was found. */
  trace(found: unknown): Trace {
    const isPlan = found instanceof Found && found.isPlan;
    const trace = this.life.trace(isPlan);
    const { now } = this.life;
    if (isPlan || endOf(trace) === now) return trace;
    // Time that passed and changed nothing is not written down.
    return { ...trace, events: [...trace.events, { jobId: JOB, event: { kind: "tick", now } }] };
  }
}
