import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Plan, type ReconcileInput, reconcile, transition, VerdigrisError } from "../../../src/index.js";
import { parseTrace, replayTrace } from "../../../src/simulate/index.js";
import {
  beginLife,
  HAPPENING_KINDS,
  happen,
  Life,
  makeTestingKit,
  PropertyViolated,
  traceLines,
} from "../../../src/testing/index.js";

const kit = makeTestingKit(fc);
const decide = { reconcile, transition };

function thrown(run: () => unknown): VerdigrisError {
  try {
    run();
  } catch (error) {
    if (error instanceof VerdigrisError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

/** Nothing is ever placed. */
function idle(input: ReconcileInput): Plan {
  const plan = reconcile(input);
  return { ...plan, actions: plan.actions.filter(({ kind }) => kind !== "place") };
}

describe("a run of the kit", () => {
  it("says how much it has looked at", () => {
    const report = kit.assertReconciler(reconcile, { inputs: 30, lives: 10, steps: 5 });
    expect(report.inputs).toBe(30);
    expect(report.lives).toBe(10);
    expect(report.steps).toBeGreaterThan(10);
    expect(report.asked["pure"]).toBeGreaterThanOrEqual(30);
    expect(report.reached["kind place"]).toBeGreaterThan(10);
  });

  it("refuses a name that no property bears, before it begins", () => {
    const error = thrown(() => kit.assertReconciler(reconcile, { except: ["flor"] }));
    expect(error.code).toBe("unknown_property");
    expect(error.message).toContain('No property is called "flor"');
    expect(error.message).toContain("floor");
  });

  it("may leave out what only a lifecycle is asked, but not ask for it", () => {
    const error = thrown(() => kit.assertReconciler(reconcile, { properties: ["patches"] }));
    expect(error.message).toContain("only assertLifecycle asks");
    expect(error.code).toBe("bad_option");
    kit.assertReconciler(reconcile, { except: ["patches", "small model"], inputs: 20, lives: 3 });
  });

  it.each<[string, unknown, string]>([
    ["lives", 1.5, "is 1.5; it must be a whole number from 0 on"],
    ["lives", Number.NaN, "a whole number"],
    ["inputs", -1, "a whole number"],
    ["steps", 0, "from 1 on"],
    ["seed", "random", 'is "random"'],
    ["shrinks", "all", "a whole number"],
    ["properties", "floor", "a list of names"],
    ["properties", [], "leaves none to ask"],
    ["limits", { canary: false }, "some of batch, canaries"],
    ["limits", { groups: 4 }, "1 to 3 groups"],
    ["happenings", ["explode"], "a list of some of healthy"],
    ["happenings", [], "a list of some of healthy"],
    ["floors", { "kind placed": 1 }, "PLAN_BUCKETS"],
    ["floors", { "kind place": Number.NaN }, "PLAN_BUCKETS"],
    ["replay", { of: "nope", seed: 1, path: "0" }, "error.replay"],
    ["replay", { of: "inputs", seed: 1, path: "0", property: 7 }, "error.replay"],
    ["replay", { of: "inputs", seed: 1, path: "0", options: { steps: 0 } }, "error.replay"],
    ["replay", { of: "inputs", seed: 1, path: "0", options: { lives: 3 } }, "error.replay"],
    ["replay", { of: "inputs", seed: 1, path: "0", property: "patches" }, "which is not asked here"],
    ["replay", { of: "lives", seed: 1, path: "0:99999", replayPath: "F:B" }, "leads to no case"],
    ["replay", { of: "lives", seed: 1, path: "0", replayPath: "zz" }, "error.replay"],
    ["live", 10, "does not exist; there are properties, except, inputs"],
  ])("refuses the option %s: %j", (option, value, says) => {
    const error = thrown(() => kit.assertReconciler(reconcile, { [option]: value }));
    expect(error.code).toBe("bad_option");
    expect(error.message).toContain(`The option "${option}" `);
    expect(error.message).toContain(says);
    expect(error.details).toEqual({ option });
  });

  it.each([null, 7, []])("refuses options that are none: %j", (options) => {
    // Whoever calls may be plain JavaScript.
    const assertReconciler: (...given: never[]) => unknown = kit.assertReconciler;
    const error = thrown(() => Reflect.apply(assertReconciler, undefined, [reconcile, options]));
    expect(error.code).toBe("bad_option");
    expect(error.message).toContain("they must be an object");
  });

  it("that sees a failure again looks at nothing else", () => {
    const replay = { of: "inputs", seed: 1, path: "7:1:1" } as const;
    expect(kit.assertReconciler(reconcile, { replay }).inputs).toBe(1);
  });

  it("that reached too little has failed", () => {
    const floors = { "status pending_for_peer": 3, "kind place": 1 };
    const error = thrown(() => kit.assertLifecycle(decide, { lives: 3, floors }));
    expect(error.code).toBe("seldom_reached");
    expect(error.details).toEqual({ seldom: [{ bucket: "status pending_for_peer", floor: 3, times: 0 }] });
    // Unless it is told what to reach, it must place, keep and stop something.
    expect(thrown(() => kit.assertLifecycle(decide, { lives: 0 })).code).toBe("seldom_reached");
  });

  it("asks only for jobs within the limits, and lets only that happen which may", () => {
    const limits = { batch: false, canaries: false, disconnect: false, reschedule: false, groups: 1 };
    const happenings = ["submit", "healthy", "clients"] as const;
    const { reached } = kit.assertReconciler(reconcile, { inputs: 0, lives: 50, limits, happenings });
    expect(reached["batch"]).toBeUndefined();
    expect(reached["kind canary"]).toBeUndefined();
    expect(reached["waiting for reschedule"]).toBeUndefined();
    expect(reached["event fail"]).toBeUndefined();
    expect(reached["event submit"]).toBeGreaterThan(50);
  });
});

describe("the kit refuses", () => {
  const given = (value: unknown): never => value as never;

  it.each<[string, unknown, string]>([
    ["nothing", undefined, "it was given undefined"],
    ["the module's wrapper", { default: fc }, "it was given an object"],
    ["an older version", { ...fc, __version: "3.23.2" }, "it was given version 3.23.2"],
    ["one that lacks something", { ...fc, modelRun: undefined }, "it was given one without modelRun"],
  ])("to be made with %s", (_, value, says) => {
    const error = thrown(() => makeTestingKit(given(value)));
    expect(error.code).toBe("bad_option");
    expect(error.message).toContain(
      'makeTestingKit takes fast-check version 4 (import fc from "fast-check")',
    );
    expect(error.message).toContain(says);
  });

  it("to check what decides nothing", () => {
    const undecided = thrown(() => kit.assertReconciler(given(undefined)));
    expect(undecided.code).toBe("bad_option");
    expect(undecided.message).toBe("reconcile must be a function (input) => plan, it is undefined.");
    for (const [decide, says] of [
      [reconcile, "assertLifecycle takes { reconcile, transition }, it was given a function."],
      [undefined, "assertLifecycle takes { reconcile, transition }, it was given undefined."],
      [{ transition }, "reconcile must be a function (input) => plan, it is undefined."],
      [{ reconcile }, "transition must be a function (state, event) => { state, changed }, it is undefined."],
    ]) {
      const error = thrown(() => kit.assertLifecycle(given(decide)));
      expect([error.code, error.message]).toEqual(["bad_option", says]);
    }
  });
});

describe("whoever decides", () => {
  it("may fill one plan again and again", () => {
    const plan = {};
    const refilling = (input: ReconcileInput): Plan => {
      for (const part of Object.keys(plan)) Reflect.deleteProperty(plan, part);
      return Object.assign(plan, reconcile(input));
    };
    const properties = ["round trip"];
    const { asked } = kit.assertReconciler(refilling, { inputs: 100, lives: 0, properties, floors: {} });
    expect(asked["round trip"]).toBe(100);
  });

  it("may not write to what it is given, not even once", () => {
    const marking = (input: ReconcileInput): Plan => {
      if (!Object.isFrozen(input)) Reflect.set(input, "seen", true);
      return reconcile(input);
    };
    const error = thrown(() => kit.assertReconciler(marking, { lives: 0, properties: ["round trip"] }));
    expect(error.message).toContain("the input was changed");
  });

  it("has a state of each life judged, in many on the way", () => {
    let [life, isJudged] = [0, false];
    const [judged, onTheWay] = [new Set<number>(), new Set<number>()];
    kit.assertLifecycle(
      {
        reconcile: (input) => {
          if (input.evaluationId === "judged") isJudged = true;
          if (isJudged) judged.add(life);
          // The life's own evaluation, after which it goes on.
          if (isJudged && input.evaluationId.startsWith("eval-")) onTheWay.add(life);
          return reconcile(input);
        },
        transition: (state, event) => {
          if (event.kind === "submit" && state.index === 0 && state.versions.length === 0 && isJudged) {
            life++;
            isJudged = false;
          }
          return transition(state, event);
        },
      },
      { lives: 60, properties: ["pure"] },
    );
    expect(judged.size).toBe(60);
    expect(onTheWay.size).toBeGreaterThan(15);
    expect(onTheWay.size).toBeLessThan(50);
  });
});

describe("a violation", () => {
  it("in a single input comes with the smallest one, and how to see it again", () => {
    const error = thrown(() =>
      kit.assertReconciler(idle, { lives: 0, properties: ["owed work is not lost"] }),
    );
    if (!(error instanceof PropertyViolated)) throw error;
    if (error.counterexample.kind !== "input") expect.unreachable("it is found in an input");
    const { input } = error.counterexample;
    expect(input.allocations.length).toBeLessThanOrEqual(1);
    expect(error.message).toContain("owed work is not lost: What is missing to count is placed");
    expect(error.message).toContain(JSON.stringify(error.replay));
    const again = thrown(() =>
      kit.assertReconciler(idle, { properties: ["owed work is not lost"], replay: error.replay }),
    );
    expect(again instanceof PropertyViolated && again.counterexample).toEqual(error.counterexample);
  });

  it("brings the options that its case was made with: no others are taken, for they lead elsewhere", () => {
    const limits = { canaries: false, groups: 1 };
    const happenings = ["submit", "clients", "scale"] as const;
    const found = thrown(() =>
      kit.assertReconciler(idle, { inputs: 0, steps: 7, shrinks: 0, limits, happenings }),
    );
    if (!(found instanceof PropertyViolated)) throw found;
    const { replay, counterexample, violations } = found;
    expect(replay.property).toBe(violations[0]?.property);
    expect(replay.options).toEqual({ steps: 7, shrinks: 0, limits, happenings });
    for (const options of [{ replay }, { replay, steps: 7, limits, happenings }, { replay, lives: 0 }]) {
      const again = thrown(() => kit.assertReconciler(idle, options));
      if (!(again instanceof PropertyViolated)) throw again;
      expect(again.counterexample).toEqual(counterexample);
      expect(again.replay).toEqual(replay);
    }
    for (const other of [{ steps: 8 }, { limits: { groups: 1 } }, { happenings: ["submit" as const] }]) {
      const error = thrown(() => kit.assertReconciler(idle, { replay, ...other }));
      expect(error.code).toBe("bad_option");
      expect(error.message).toContain("what is replayed was found with");
    }
    const property = replay.property ?? "";
    const left = thrown(() => kit.assertReconciler(idle, { replay, except: [property] }));
    expect(left.message).toContain(`is of "${property}", which is not asked here`);
    // Once it is mended, the case passes, and nothing else is asked.
    expect(Object.keys(kit.assertReconciler(reconcile, { replay }).asked)).toEqual([property]);
  });

  it("that was left as it was found may be made shorter when it is seen again", () => {
    const late = (input: ReconcileInput): Plan => {
      if (input.versions.length > 2) throw new TypeError("no such thing");
      return reconcile(input);
    };
    const eventsOf = (error: VerdigrisError): number => {
      if (!(error instanceof PropertyViolated) || error.counterexample.kind !== "life") throw error;
      return error.counterexample.trace.events.length;
    };
    const found = thrown(() => kit.assertReconciler(late, { inputs: 0, shrinks: 0 }));
    if (!(found instanceof PropertyViolated)) throw found;
    const { replay } = found;
    expect(eventsOf(thrown(() => kit.assertReconciler(late, { replay })))).toBe(eventsOf(found));
    const shorter = thrown(() => kit.assertReconciler(late, { replay, shrinks: 100 }));
    expect(eventsOf(shorter)).toBeLessThan(eventsOf(found));
  });

  it("in an input is none of a lifecycle", () => {
    const replay = { of: "inputs", seed: 1, path: "0" } as const;
    expect(thrown(() => kit.assertLifecycle(decide, { replay })).message).toContain("assertReconciler asks");
  });

  it("in a life comes with a short trace in the format that the simulator replays", () => {
    const error = thrown(() =>
      kit.assertReconciler(idle, { inputs: 0, properties: ["owed work is not lost"] }),
    );
    if (!(error instanceof PropertyViolated)) throw error;
    if (error.counterexample.kind !== "life") expect.unreachable("it is found in a life");
    const trace = parseTrace(JSON.parse(JSON.stringify(error.counterexample.trace)));
    expect(trace.events.length).toBeLessThanOrEqual(3);
    expect(replayTrace(trace, { reconcile: idle }).violation).toBeDefined();
    expect(replayTrace(trace).violation).toBeUndefined();
    expect(error.replay.replayPath).toBeDefined();
    expect(error.message).toMatch(/\n {2}1\. \+0 s submit /);
  });

  it("is also that whoever decides throws", () => {
    const crashing = (input: ReconcileInput): Plan => {
      if (input.allocations.length > 2) throw new TypeError("no such thing");
      return reconcile(input);
    };
    for (const options of [{ lives: 0 }, { inputs: 0 }]) {
      const error = thrown(() => kit.assertReconciler(crashing, options));
      if (!(error instanceof PropertyViolated)) throw error;
      expect(error.violations).toEqual([
        {
          property: "total",
          anchor: "properties.md#total",
          message: "reconcile threw TypeError: no such thing",
          details: { by: "reconcile", error: "TypeError: no such thing" },
        },
      ]);
      expect(error.cause).toBeInstanceOf(TypeError);
    }
  });

  it("is also that a lifecycle throws: the trace ends with the event at which it does", () => {
    const crashing: typeof transition = (state, event) => {
      if (event.kind === "promote") throw new TypeError("no such thing");
      return transition(state, event);
    };
    const error = thrown(() => kit.assertLifecycle({ reconcile, transition: crashing }));
    if (!(error instanceof PropertyViolated)) throw error;
    if (error.counterexample.kind !== "life") expect.unreachable("it is found in a life");
    expect(error.violations[0]?.message).toBe("transition threw TypeError: no such thing at promote");
    expect(error.violations[0]?.details["event"]).toBe("promote");
    const trace = parseTrace(JSON.parse(JSON.stringify(error.counterexample.trace)));
    expect(trace.events).toEqual([
      expect.objectContaining({ event: expect.objectContaining({ kind: "promote" }) }),
    ]);
    expect(() => replayTrace(trace, { transition: crashing })).toThrow("no such thing");
    expect(error.message).toMatch(/\n {2}1\. \+0 s promote /);
  });

  it("at a plan that is carried out ends with that plan", () => {
    const crashing: typeof transition = (state, event) => {
      if (event.kind === "apply_plan" && event.plan.actions.some(({ kind }) => kind === "canary"))
        throw new TypeError("no such thing");
      return transition(state, event);
    };
    const error = thrown(() => kit.assertLifecycle({ reconcile, transition: crashing }));
    if (!(error instanceof PropertyViolated)) throw error;
    if (error.counterexample.kind !== "life") expect.unreachable("it is found in a life");
    const { trace } = error.counterexample;
    expect(trace.events.at(-1)).toHaveProperty("evaluate");
    expect(() => replayTrace(trace, { transition: crashing })).toThrow("no such thing");
    expect(error.message).toMatch(/ plan: .*canary shop/);
  });

  it("by a reconciler that throws in a life can be seen again, too", () => {
    const crashing = (input: ReconcileInput): Plan => {
      if (input.allocations.length > 2) throw new TypeError("no such thing");
      return reconcile(input);
    };
    const error = thrown(() => kit.assertReconciler(crashing, { inputs: 0 }));
    if (!(error instanceof PropertyViolated)) throw error;
    if (error.counterexample.kind !== "life") expect.unreachable("it is found in a life");
    const { trace } = error.counterexample;
    expect(() => replayTrace(trace, { reconcile: crashing })).toThrow("no such thing");
    expect(error.message).toContain("no plan is made");
    expect(trace.events.length).toBeLessThanOrEqual(4);
  });

  it.each<[string, unknown]>([
    ["undefined", undefined],
    ["a Promise", Promise.resolve()],
    ["the number 3", 3],
    ["a list", []],
    ["an object whose madeFrom is undefined and not an object", { actions: [] }],
  ])("is also that what is returned is %s and no plan", (returned, plan) => {
    const wrong = (() => plan) as unknown as typeof reconcile;
    for (const options of [{ lives: 0 }, { inputs: 0 }]) {
      const error = thrown(() => kit.assertReconciler(wrong, options));
      expect(error.details).toEqual({ property: "total" });
      expect(error.message).toContain(`reconcile must return a plan, it returned ${returned}`);
    }
  });

  it("is also that a lifecycle returns no transition, or a plan has nonsense in it", () => {
    const wrong = (() => undefined) as unknown as typeof transition;
    expect(thrown(() => kit.assertLifecycle({ reconcile, transition: wrong })).message).toContain(
      "transition must return { state, changed }, it returned undefined at submit",
    );
    const nonsense = (input: ReconcileInput): Plan => ({ ...reconcile(input), actions: [null as never] });
    expect(thrown(() => kit.assertReconciler(nonsense)).message).toContain(
      "what was decided cannot be read: TypeError",
    );
  });

  it("of whoever plans without end ends all the same", () => {
    const restless = (input: ReconcileInput): Plan => ({
      ...reconcile(input),
      actions: reconcile(input).actions.map((action) =>
        action.kind === "ignore" ? { ...action, kind: "stop", reason: { code: "job_stopped" } } : action,
      ),
    });
    expect(
      thrown(() => kit.assertReconciler(restless, { inputs: 0, properties: ["idempotence"], shrinks: 20 }))
        .code,
    ).toBe("property_violated");
  });
});

describe("the lines of a trace", () => {
  it("show the plans of whoever is given, or this library's", () => {
    const life = new Life({ reconcile: idle, transition });
    beginLife(life, []);
    const trace = life.trace();
    const ours = traceLines(trace);
    expect(ours[1]).toMatch(/^\+0 s plan: place shop\.web\[0\] of version 0/);
    expect(traceLines(trace, { reconcile: idle })[1]).toBe("+0 s plan: nothing to do");
    expect(traceLines(trace, { reconcile, transition })).toEqual(ours);
    expect(traceLines(trace, { transition })).toEqual(ours);
  });
});

describe("the generators", () => {
  it("give what they are called after", () => {
    const { arbitraries } = kit;
    const sample = <T>(arbitrary: fc.Arbitrary<T>): T[] => fc.sample(arbitrary, { seed: 1, numRuns: 60 });
    expect(sample(arbitraries.jobs()).every(({ groups }) => groups.length > 0)).toBe(true);
    expect(sample(arbitraries.versions()).some((versions) => versions.length > 2)).toBe(true);
    expect(sample(arbitraries.allocations()).some((allocations) => allocations.length > 5)).toBe(true);
    expect(sample(arbitraries.deployments()).some(([first]) => first?.status === "running")).toBe(true);
    expect(sample(arbitraries.nodes()).some((nodes) => nodes.length > 1)).toBe(true);
    expect(
      sample(arbitraries.inputs({ batch: false })).some(({ versions }) => versions[0]?.type === "batch"),
    ).toBe(false);
    for (const { state, now } of sample(arbitraries.states())) {
      expect(() => reconcile({ ...state, now, evaluationId: "eval-1" })).not.toThrow();
    }
    for (const { before, event, after } of sample(arbitraries.steps())) {
      expect(transition(before, event).state).toEqual(after.state);
    }
  });

  it("lead to the same life from the same numbers", () => {
    const lives = fc.property(
      kit.arbitraries.births(),
      fc.array(kit.arbitraries.happenings(), { maxLength: 10 }),
      (birth, happenings) => {
        const [one, other] = [new Life(decide), new Life(decide)];
        for (const life of [one, other]) {
          beginLife(life, birth);
          for (const happening of happenings) happen(life, happening);
        }
        expect(one.state).toEqual(other.state);
        // Told again by the simulator the trace leads there too.
        const { jobs } = replayTrace(one.trace());
        expect(jobs[0]?.state).toEqual(one.state);
      },
    );
    fc.assert(lives, { seed: 1, numRuns: 50 });
  });

  it("give what happens as commands, for a model of the caller's own", () => {
    const commands = fc.commands([kit.arbitraries.commands(["submit", "healthy"])], { maxCommands: 5 });
    fc.assert(
      fc.property(commands, (happened) => {
        const seen: string[] = [];
        const model = new Life(decide, { step: (_, { kind }) => seen.push(kind) });
        fc.modelRun(() => ({ model, real: undefined }), happened);
        expect(new Set(seen)).not.toContain("fail");
      }),
      { seed: 1, numRuns: 20 },
    );
    expect(HAPPENING_KINDS).toContain("apply_stale");
  });
});
