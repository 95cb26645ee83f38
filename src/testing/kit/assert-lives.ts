import { births, happenings } from "./arbitraries.js";
import type { FastCheck } from "./fast-check.js";
import { JudgedLife } from "./judged-life.js";
import { LifeCommand } from "./life-command.js";
import { PropertyViolated } from "./property-violated.js";
import { following, parameters, toReplay } from "./replayed.js";
import type { Run } from "./run.js";
import { type RunOptions, STEPS } from "./run-options.js";
import { shortestTrace } from "./shortest-trace.js";

/** Lives: whatever happens in them, the properties hold. */
export function assertLives(fc: FastCheck, run: Run, options: RunOptions): void {
  const { lives = 200, steps = STEPS, replay } = options;
  const commands = fc.commands(
    [happenings(fc, options.happenings).map((happening) => new LifeCommand(happening))],
    // Lengths are spread evenly.
    {
      maxCommands: 2 * steps,
      size: "max",
      ...(replay?.replayPath === undefined ? {} : { replayPath: replay.replayPath }),
    },
  );
  const lived = fc.property(births(fc), commands, (birth, happened) => {
    const { decide, judge, coverage, limits } = run;
    const judged = new JudgedLife(birth, { decide, judge, coverage, limits, steps });
    run.try(
      () => {
        judged.begin(birth);
        fc.modelRun(() => ({ model: judged.life, real: undefined }), happened);
        judged.end();
        run.lives++;
        run.steps += judged.steps;
      },
      (error) => ({ kind: "life", trace: judged.trace(error) }),
    );
  });
  const checked = following(replay, () => fc.check(lived, parameters(lives, run.endOnFailure, options)));
  const { found } = run;
  if (found === undefined || found.counterexample.kind !== "life") return;
  const replayPath = /replayPath="(.*?)"/.exec(String(checked.counterexample?.[1]))?.[1];
  const way = {
    of: "lives",
    seed: checked.seed,
    path: checked.counterexamplePath ?? "",
    ...(replayPath === undefined ? {} : { replayPath }),
  } as const;
  const { thrown } = found;
  const shown = { properties: run.properties, ...(thrown === undefined ? {} : { thrown }) };
  const { trace } = found.counterexample;
  throw new PropertyViolated({
    ...found,
    replay: replay ?? toReplay(way, found.property, options),
    counterexample: {
      kind: "life",
      trace: run.shrinks === 0 ? trace : shortestTrace(trace, shown, run.decide),
    },
    decide: run.decide,
  });
}
