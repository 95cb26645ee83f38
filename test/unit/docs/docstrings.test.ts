import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Rollout } from "../../../docs/examples/rollout.js";
import * as explanations from "../../../src/explain/index.js";
import * as verdigris from "../../../src/index.js";
import * as nomad from "../../../src/nomad/index.js";
import * as render from "../../../src/render/index.js";
import * as simulation from "../../../src/simulate/index.js";
import * as testing from "../../../src/testing/index.js";
import { recordedStates } from "../../fixtures/recorded-states.js";
import { docsJob, MINUTE, running13 } from "../../stories/docs-job.js";
import { aGroup, aJob, anAllocation, anInput } from "../a-job.js";

const root = new URL("../../../src/", import.meta.url).pathname;

const submitted = new Rollout();
submitted.send({ kind: "submit", job: aJob() });
const canarying = running13();
canarying.tell({ kind: "submit", job: docsJob("1.4") });
canarying.until(canarying.now + MINUTE);

const rolled = { ...aJob(), groups: [aGroup({ update: { maxParallel: 1 } })] };
const run = simulation.simulate({
  seed: 1,
  nodes: [{ id: "node-1" }],
  script: [{ at: 0, event: { kind: "tell", jobId: "shop", request: { kind: "submit", job: rolled } } }],
});

/** What the examples may speak of without saying where it comes from. */
const SCOPE: { readonly [name: string]: unknown } = {
  ...verdigris,
  ...nomad,
  ...render,
  ...explanations,
  ...simulation,
  ...testing,
  fc,
  job: aJob(),
  group: aGroup(),
  text: JSON.stringify(anInput()),
  policy: {},
  answers: recordedStates()[0]?.answers,
  now: canarying.now,
  evaluationId: "eval-1",
  submitted: submitted.state,
  canarying: canarying.state,
  deployment: canarying.deployment,
  deploymentId: canarying.deployment.id,
  allocation: anAllocation(0),
  run,
  trace: run.trace,
  events: canarying.events,
};

const examples = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .sort()
  .flatMap((name) =>
    [...readFileSync(join(root, name), "utf8").matchAll(/@example\n \* ```ts\n([\s\S]*?) \* ```/g)].map(
      (match) => ({
        name,
        code: (match[1] ?? "").replace(/^ \* ?/gm, ""),
      }),
    ),
  );

describe("examples in docstrings", () => {
  it("are there", () => expect(examples.length).toBeGreaterThanOrEqual(4));

  it.each(examples)("of $name run, and give what they say", ({ code }) => {
    // `expression; // value` becomes a comparison.
    const checked = code.replace(/^(\S[^;\n]*); \/\/ (.+)$/gm, "__same($1, $2);");
    const names = Object.keys(SCOPE);
    const values = names.map((name) => SCOPE[name]);
    const same = (is: unknown, said: unknown): void => expect(is).toEqual(said);
    new Function(...names, "__same", `{${checked}}`)(...values, same);
  });
});
