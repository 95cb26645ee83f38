import { inputText } from "../../properties/index.js";
import { seePlan } from "../coverage/plan-coverage.js";
import { inputs } from "./arbitraries.js";
import type { FastCheck } from "./fast-check.js";
import { PropertyViolated } from "./property-violated.js";
import { following, parameters, toReplay } from "./replayed.js";
import type { Run } from "./run.js";
import type { RunOptions } from "./run-options.js";

/** Single inputs, whether events can lead to them or not: the properties of plans hold. */
export function assertInputs(
  fc: FastCheck,
  run: Run,
  options: RunOptions & { readonly inputs: number },
): void {
  const { inputs: many, replay } = options;
  const whole = inputs(fc, run.limits);
  // Smaller ones that are not tried are not made either; the way to one that is replayed is as long as it is.
  const drawn = replay === undefined ? fc.limitShrink(whole, run.shrinks) : whole;
  const planned = fc.property(drawn, (input) => {
    run.try(
      () => {
        const written = inputText(input);
        const plan = run.decide.reconcile(input);
        seePlan(run.coverage, input, plan);
        run.judge.plan(input, plan, true, written);
        run.inputs++;
      },
      () => ({ kind: "input", input }),
    );
  });
  const checked = following(replay, () => fc.check(planned, parameters(many, run.endOnFailure, options)));
  const { found } = run;
  if (found === undefined) return;
  const way = { of: "inputs", seed: checked.seed, path: checked.counterexamplePath ?? "" } as const;
  throw new PropertyViolated({
    ...found,
    replay: replay ?? toReplay(way, found.property, options),
    decide: run.decide,
  });
}
