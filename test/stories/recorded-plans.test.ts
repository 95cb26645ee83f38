import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { comparison, type TwoPages, twoPages } from "./recorded-plans.js";

/** Lines that only one of the two pages has, and why. */
interface Exemption {
  readonly of: "the agent" | "us";
  readonly line: RegExp;
  /** Only on these pages; absent: wherever it stands. */
  readonly on?: RegExp;
  readonly because: string;
}

const PLACER = "where allocations find room is the placer's to say";
const EXPLANATION = "a closing explanation of the check-index, in words of its own";
const WARNINGS = "warnings are about other things: the agent's about services, ours about the rollout";
const DEFAULTS = "the model leaves out what is the default";
const NULLS = "what is null is not carried, so the columns are narrower";
const TASK = "the agent's page leaves this part of a task out";

const EXEMPTIONS: readonly Exemption[] = [
  {
    of: "the agent",
    line: /^- (All tasks successfully allocated|WARNING: Failed to place all)/,
    because: PLACER,
  },
  { of: "us", line: /^- (Nothing|\d+ allocations?) to place\.$/, because: PLACER },
  { of: "the agent", line: /^ {2}Task Group "\w+" \(failed to place \d+ allocations?\):$/, because: PLACER },
  { of: "the agent", line: /^ {4}\* (No nodes|Constraint|Resources|Dimension) /, because: PLACER },
  {
    of: "the agent",
    line: /"web" \(2 create\/destroy update, 2 ignore\)$/,
    on: /27-plan-constraint-impossible/,
    because: "whether a node may keep an allocation is `canUpdateInPlace` of the policy: the caller's to say",
  },
  {
    of: "us",
    line: /"web" \(4 in-place update\)$/,
    on: /27-plan-constraint-impossible/,
    because: "whether a node may keep an allocation is `canUpdateInPlace` of the policy: the caller's to say",
  },
  {
    of: "the agent",
    line: /^(When running|job modify index given|changed, another|potentially)/,
    because: EXPLANATION,
  },
  {
    of: "the agent",
    line: /^Job Warnings:$|^\d warnings?:$|^\* group "\w+" defines services/,
    because: WARNINGS,
  },
  { of: "us", line: /^Job Warnings:$|^\d warnings?:$/, because: WARNINGS },
  { of: "us", line: /^\* (group "\w+": (count goes from|it looks like)|maxParallel)/, because: WARNINGS },
  { of: "the agent", line: /^ {4}[+-] Leader: +"false"$/, because: DEFAULTS },
  { of: "the agent", line: /^\+ Stop: +"false"$/, because: DEFAULTS },
  {
    of: "the agent",
    line: /^ {4}\+ (LostAfter|Reconcile|Replace|StopOnClientAfter): /,
    on: /38-plan-disconnect-block/,
    because: NULLS,
  },
  {
    of: "us",
    line: /^ {4}\+ (LostAfter|Reconcile|Replace): /,
    on: /38-plan-disconnect-block/,
    because: NULLS,
  },
  { of: "us", line: /^ {4}[+-] (RestartPolicy|Lifecycle) \{$/, on: /(15|16|40)-.*-verbose/, because: TASK },
  {
    of: "us",
    line: /^ {6}[+-] (Attempts|Delay|Interval|Mode|RenderTemplates|Hook|Sidecar): |^ {6}\}$/,
    on: /(15|16|40)-.*-verbose/,
    because: TASK,
  },
  // Between the parts below the differences.
  { of: "the agent", line: /^$/, on: /, below$/, because: EXPLANATION },
  { of: "us", line: /^$/, on: /, below$/, because: WARNINGS },
];

/** What the agent refuses and what we refuse, page by page; another word for the same, but for one. */
const REFUSED: { readonly [step: string]: string } = {
  "01-bluegreen-promote/01-plan-seed-spec-literally": "invalid_job",
  "21-plans/26-plan-kill-timeout": "invalid_job",
  "21-plans/33-plan-batch-type": "type_changed",
  "21-plans/34-plan-invalid-update": "invalid_job",
};
/** Accepted by the agent: canaries without an update strategy, which would never be promoted (D 12). */
const ONLY_WE_REFUSE: { readonly [step: string]: string } = {
  "21-plans/37-plan-max-parallel-0-canary-1": "invalid_job",
};

const pages = twoPages();

describe("the plan pages that the agent printed are ours", () => {
  const met = new Set<Exemption>();
  let agreed = 0;
  let exempted = 0;
  /** Of those, the lines of the differences. */
  const above = { agreed: 0, all: 0 };
  let refused = 0;

  it.each(pages)("$page", ({ page, recorded, ours }) => {
    if (ours instanceof Error) {
      expectRefusal(page, recorded, ours);
      refused += recorded.length;
      return;
    }
    const [theirs, own] = [parts(recorded), parts(ours)];
    above.agreed += compare(page, theirs.above, own.above);
    above.all += theirs.above.length;
    compare(`${page}, below`, theirs.below, own.below);
  });

  function compare(page: string, recorded: readonly string[], ours: readonly string[]): number {
    const found = comparison(recorded, ours);
    agreed += found.agreed.length;
    exempted += found.onlyRecorded.length;
    expect(found.onlyRecorded.filter((line) => !isExempted("the agent", page, line))).toEqual([]);
    expect(found.onlyOurs.filter((line) => !isExempted("us", page, line))).toEqual([]);
    return found.agreed.length;
  }

  function isExempted(of: Exemption["of"], page: string, line: string): boolean {
    const reasons = EXEMPTIONS.filter(
      (one) => one.of === of && one.line.test(line) && (one.on?.test(page) ?? true),
    );
    for (const reason of reasons) met.add(reason);
    return reasons.length > 0;
  }

  it("each exemption is met, and the page of the docs has the numbers", () => {
    expect(EXEMPTIONS.filter((one) => !met.has(one))).toEqual([]);
    const all = agreed + exempted + refused;
    const docs = readFileSync(new URL("../../docs/explain.md", import.meta.url), "utf8");
    expect(docs.replaceAll("\n", " ")).toContain(
      `Of ${all} recorded lines on ${pages.length} pages, ${agreed} agree; ${exempted} are exempted, ${refused} are on pages that are refused`,
    );
    expect(docs).toContain(`Of the ${above.all} that tell the differences, ${above.agreed} agree`);
    for (const { because } of EXEMPTIONS) expect(docs.replaceAll("\n", " ")).toContain(because);
  });
});

/** The differences, and everything below them. */
function parts(page: readonly string[]): {
  readonly above: readonly string[];
  readonly below: readonly string[];
} {
  const at = page.indexOf("Scheduler dry-run:");
  return { above: page.slice(0, at), below: page.slice(at) };
}

function expectRefusal(page: string, recorded: readonly string[], refusal: TwoPages["ours"]): void {
  const step = page.replace(" -verbose", "");
  const isRefused = recorded[0]?.startsWith("Error during plan: Unexpected response code: 500") === true;
  expect(refusal).toMatchObject({ code: isRefused ? REFUSED[step] : ONLY_WE_REFUSE[step] });
}
