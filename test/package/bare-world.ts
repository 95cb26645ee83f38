// The packed package as a bundle for browsers, in a world that has nothing but the language.
import { createRequire } from "node:module";
import { join } from "node:path";
import vm from "node:vm";
import { build } from "esbuild";

/** What is done there: a rollout from nothing to the end, with everything that the subpaths offer. */
const DONE = `
  import { applyPlan, emptyJobState, isVerdigrisError, parseJobState, planHash, reconcile, submit } from "verdigris";
  import { explain, forecast, unstick } from "verdigris/explain";
  import { readState } from "verdigris/nomad";
  import { jobStatus, timelineSvg } from "verdigris/render";
  import { simulate } from "verdigris/simulate";
  import { PROPERTIES, rolloutSpace, explore } from "verdigris/testing";

  const job = {
    id: "shop",
    type: "service",
    groups: [{ name: "web", count: 3, update: { maxParallel: 1, canary: 1, autoPromote: true }, tasks: [{ name: "main" }] }],
  };
  const script = [{ at: 0, event: { kind: "tell", jobId: "shop", request: { kind: "submit", job } } }];
  const run = simulate({ seed: 1, nodes: [{ id: "node-1" }], script });
  const [{ state }] = run.world.jobs;
  const refused = (() => {
    try {
      return parseJobState({ index: -1 });
    } catch (error) {
      return isVerdigrisError(error) ? error.code : String(error);
    }
  })();
  const first = submit(emptyJobState(), { job, now: 0 });
  const plan = reconcile({ ...first.state, now: 0, evaluationId: "eval-1" });
  const placements = plan.actions.map(({ placement }, n) => ({ placement, allocationId: "a" + n, nodeId: "n" }));
  const applied = applyPlan(first.state, { plan, placements, now: 0, planHash: planHash(plan) });
  export default JSON.stringify([
    state,
    refused,
    applied.state,
    explain(applied.state, 1),
    forecast(applied.state, 1),
    unstick(applied.state, 1),
    jobStatus(applied.state),
    timelineSvg(run.jobs[0], run),
    readState({ versions: [], allocations: [], deployments: [] }),
    PROPERTIES.length,
    explore(rolloutSpace({ count: 1, faults: 0, versions: 2, update: { maxParallel: 1 } })).states,
  ]);
`;

/** Fails where the bundle needs more than the language, or gives another answer than in Node. */
export async function sameInABareWorld(project: string): Promise<void> {
  const { outputFiles } = await build({
    stdin: { contents: DONE, resolveDir: project, loader: "js" },
    bundle: true,
    write: false,
    platform: "browser",
    format: "iife",
    globalName: "bundle",
    target: "es2022",
    logLevel: "silent",
  });
  const [bundle] = outputFiles;
  if (bundle === undefined) throw new Error("nothing was bundled");
  const world = vm.createContext(Object.create(null));
  const there: unknown = vm.runInContext(`${bundle.text}; bundle.default`, world);
  // As CommonJS, in Node as it is.
  const required = await build({
    stdin: { contents: DONE, resolveDir: project, loader: "js" },
    bundle: true,
    write: false,
    platform: "node",
    packages: "external",
    format: "cjs",
    logLevel: "silent",
  });
  const module: { exports: { default?: unknown } } = { exports: {} };
  const load = new Function("module", "exports", "require", required.outputFiles[0]?.text ?? "");
  load(module, module.exports, createRequire(join(project, "package.json")));
  const here = module.exports.default;
  if (typeof there !== "string" || there.length < 1_000) throw new Error(`said nothing: ${String(there)}`);
  if (there !== here) throw new Error("the answers differ between a bare world and Node");
}
