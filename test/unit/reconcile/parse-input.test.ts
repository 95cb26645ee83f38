import { describe, expect, it } from "vitest";
import { isVerdigrisError, parseReconcileInput, reconcileInputSchema } from "../../../src/index.js";
import { aDeployment, aGroup, aJob, anAllocation, anInput } from "../a-job.js";

/** Every issue as `code path`. */
function issuesOf(value: unknown): string[] {
  try {
    parseReconcileInput(value);
  } catch (error) {
    if (!isVerdigrisError(error) || error.code !== "invalid_input") throw error;
    const issues = error.details["issues"] as unknown as { code: string; path: string }[];
    return issues.map(({ code, path }) => `${code} ${path}`);
  }
  return [];
}

describe("parseReconcileInput", () => {
  it("gives back what is right, unchanged", () => {
    const input = anInput({ deployments: [aDeployment()], nodes: [{ id: "n", status: "down" }] });
    expect(parseReconcileInput(input)).toBe(input);
  });

  it("reports everything that is wrong at once, with its path", () => {
    const wrong = {
      versions: [{ ...aJob({ groups: [aGroup({ count: -1 })] }), type: "system" }],
      allocations: [
        { ...anAllocation(0), clientStatus: "dead", modifiedAt: 1.5 },
        { ...anAllocation(1), name: "shop.web", deploymentStatus: { healthy: "yes" } },
      ],
      deployments: [{ ...aDeployment(), groups: { "my group": { autoRevert: 1 } } }],
      nodes: "none",
      now: Number.NaN,
    };
    expect(issuesOf(wrong)).toEqual([
      "unknown_word $.versions[0].type",
      "negative $.versions[0].groups[0].count",
      "unknown_word $.allocations[0].clientStatus",
      "not_a_whole_number $.allocations[0].modifiedAt",
      "not_an_allocation_name $.allocations[1].name",
      "not_a_flag $.allocations[1].deploymentStatus.healthy",
      'not_a_flag $.deployments[0].groups["my group"].autoRevert',
      ...[
        "autoPromote",
        "progressDeadline",
        "promoted",
        "placedCanaries",
        "desiredCanaries",
        "desiredTotal",
        "placedAllocs",
        "healthyAllocs",
        "unhealthyAllocs",
      ].map((key) => `missing $.deployments[0].groups["my group"].${key}`),
      "not_a_list $.nodes",
      "not_a_whole_number $.now",
      "missing $.evaluationId",
    ]);
  });

  it.each<[string, unknown, string]>([
    ["no object", 7, "not_an_object $"],
    [
      "a misspelt policy",
      anInput({ versions: [aJob({ groups: [aGroup({ update: JSON.parse('{"maxparallel":2}') })] })] }),
      "unknown_key $.versions[0].groups[0].update.maxparallel",
    ],
    [
      "__proto__ as a key",
      JSON.parse(`{"__proto__":{},${JSON.stringify(anInput()).slice(1)}`),
      "forbidden_key $.__proto__",
    ],
    [
      "__proto__ deep in what is carried",
      anInput({ versions: [aJob({ meta: JSON.parse('{"a":[{"__proto__":1}]}') })] }),
      "forbidden_key $.versions[0].meta.a[0].__proto__",
    ],
    [
      "__proto__ as a name",
      anInput({ versions: [aJob({ groups: [aGroup({ name: "__proto__" })] })] }),
      "forbidden_key $.versions[0].groups[0].name",
    ],
    [
      "a function in what is carried",
      anInput({ versions: [aJob({ meta: { a: (() => 1) as unknown as string } })] }),
      "not_json $.versions[0].meta.a",
    ],
    [
      "a class's object",
      anInput({ versions: [aJob({ meta: new (class Meta {})() as unknown as string })] }),
      "not_plain $.versions[0].meta",
    ],
    [
      "infinity",
      anInput({ allocations: [anAllocation(0, { score: Number.POSITIVE_INFINITY })] }),
      "not_a_number $.allocations[0].score",
    ],
    ["a hole", anInput({ allocations: Array(1) }), "not_an_object $.allocations[0]"],
  ])("refuses %s", (_, input, issue) => expect(issuesOf(input)).toContain(issue));

  it("ends on what is nested without end", () => {
    const endless: { inner?: unknown } = {};
    endless.inner = endless;
    expect(issuesOf({ ...anInput(), extra: endless })).toHaveLength(1);
  });

  it("speaks the Standard Schema interface", () => {
    const { validate, vendor, version } = reconcileInputSchema["~standard"];
    const input = anInput();
    expect([vendor, version]).toEqual(["verdigris", 1]);
    expect(validate(input)).toEqual({ value: input });
    expect(validate({ ...input, now: "today" })).toMatchObject({ issues: [{ path: ["now"] }] });
  });
});
