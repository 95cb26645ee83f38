import { describe, expect, it } from "vitest";
import { preview } from "../../../src/explain/index.js";
import {
  emptyJobState,
  type Job,
  type JobSpecification,
  type JobState,
  type TaskGroup,
} from "../../../src/index.js";
import { type PreviewPageOptions, previewPage } from "../../../src/render/index.js";
import { aGroup, aJob, anAllocation, NOW } from "../a-job.js";

const running = (job: Partial<Job> = {}): JobState => ({
  ...emptyJobState(30),
  versions: [aJob({ stable: true, ...job })],
  allocations: [0, 1, 2].map((index) => anAllocation(index)),
});

/** The lines of the page of a submission, up to the dry-run. */
function differences(state: JobState, job: JobSpecification, options?: PreviewPageOptions): string[] {
  const page = previewPage(preview(state, { kind: "submit", job }, { now: NOW }), options);
  return (page.split("Scheduler dry-run:")[0] ?? "").trimEnd().split("\n");
}

function ofGroup(more: Partial<TaskGroup>, options?: PreviewPageOptions): string[] {
  return differences(running(), aJob({ groups: [aGroup(more)] }), options);
}

describe("the page of a preview", () => {
  it("marks what differs, in columns, with what stays in an edited block", () => {
    const before = running({ groups: [aGroup({ update: { maxParallel: 1, healthyDeadline: 50_000 } })] });
    const group = aGroup({ count: 4, update: { maxParallel: 2, healthyDeadline: 50_000 }, shutdownDelay: 3 });
    expect(differences(before, aJob({ priority: 70, groups: [group] }))).toEqual([
      '+/- Job: "shop"',
      '+/- Priority: "50" => "70"',
      '+/- Task Group: "web" (1 create, 3 in-place update)',
      '  +/- Count:         "3" => "4" (forces create)',
      '  +   ShutdownDelay: "3"',
      "  +/- Update {",
      '        HealthyDeadline: "50000000000"',
      '    +/- MaxParallel:     "1" => "2"',
      "      }",
      '      Task: "main"',
    ]);
  });

  it("has environment and meta in one line each, and a driver's own names as they are", () => {
    const config = { image: "image:1", "port-map": [{ http: 80 }], args: ["-v", ""] };
    const tasks = [{ name: "main", config, env: { LEVEL: "debug" }, meta: { team: "a" }, user: "" }];
    expect(ofGroup({ tasks }).slice(2)).toEqual([
      '  +/- Task: "main" (forces create/destroy update)',
      '    +   Env[LEVEL]: "debug"',
      '    +   Meta[team]: "a"',
      "    +/- Config {",
      '      + args[args]:     "-v"',
      '        args[args]:     ""',
      '        image:          "image:1"',
      '      + port-map[http]: "80"',
      "        }",
    ]);
  });

  it("tells of what is new or gone only with `verbose` what it consists of", () => {
    const side = { name: "side", killTimeout: 2_000, resources: { cpu: 20, memoryMb: 16, iops: 0 } };
    const tasks = [...aGroup().tasks, side];
    const line = '  + Task: "side" (forces create/destroy update)';
    expect(ofGroup({ tasks }).slice(2)).toEqual(['    Task: "main"', line]);
    expect(ofGroup({ tasks }, { verbose: true }).slice(3)).toEqual([
      line,
      '    + KillTimeout: "2000000000"',
      "    + Resources {",
      '      + CPU:      "20"',
      '      + IOPS:     "0"',
      '      + MemoryMB: "16"',
      "      }",
    ]);
  });

  it("does not tell a task's restart policy again that is its group's", () => {
    const restart = { attempts: 1 };
    const lines = (own: { readonly attempts: number }): number =>
      ofGroup({ restart, tasks: [{ ...aGroup().tasks[0], name: "main", restart: own }] }).filter((line) =>
        line.includes("RestartPolicy"),
      ).length;
    expect([lines(restart), lines({ attempts: 2 })]).toEqual([1, 2]);
  });

  it("of a scale, a stop and nothing at all", () => {
    const page = (change: Parameters<typeof preview>[1]): string[] =>
      previewPage(preview(running(), change, { now: NOW })).split("\n");
    expect(page({ kind: "scale", group: "web", count: 1 }).slice(1, 3)).toEqual([
      '+/- Task Group: "web" (2 destroy, 1 in-place update)',
      '  +/- Count: "3" => "1" (forces destroy)',
    ]);
    expect(page({ kind: "stop_job" }).slice(0, 3)).toEqual([
      '+/- Job: "shop"',
      '+/- Stop: "false" => "true"',
      '    Task Group: "web" (3 destroy)',
    ]);
    expect(page({ kind: "stop_job", purge: true }).slice(0, 3)).toEqual([
      '- Job: "shop"',
      '- Task Group: "web" (3 destroy)',
      '  - Task: "main" (forces destroy)',
    ]);
    const nothing = page({ kind: "submit", job: aJob() });
    expect(nothing.slice(0, 3)).toEqual(['Job: "shop"', 'Task Group: "web" (3 ignore)', '  Task: "main"']);
    expect(nothing).toContain("- Nothing to place.");
    expect(nothing).toContain("nomad job run -check-index 10 shop.nomad.hcl");
  });

  it("lists the warnings", () => {
    const job = aJob({ groups: [aGroup({ update: { canary: 4, maxParallel: 4 } })] });
    const page = previewPage(preview(running(), { kind: "submit", job }, { now: NOW }));
    expect(page).toContain(
      'Job Warnings:\n2 warnings:\n\n* maxParallel (4) is above count (3)\n* group "web": canary',
    );
  });

  it("keeps every name and value in its line", () => {
    const tasks = [{ name: "main\u001b[2J", config: { "a\nb": "c\u202ed\n" } }];
    const page = ofGroup({ name: "x\r", tasks, meta: { "m\n": "\u0007" } }, { verbose: true }).join("\n");
    for (const obeyed of ["\u0007", "\u001b", "\u202e", "\r"]) expect(page).not.toContain(obeyed);
    expect(page).toContain('"c\ufffdd\ufffd"');
  });
});
