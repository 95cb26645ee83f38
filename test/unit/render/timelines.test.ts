import { describe, expect, it } from "vitest";
import { timelineSvg, timelineText } from "../../../src/render/index.js";
import type { AllocationTimeline, JobTimeline, Span } from "../../../src/simulate/index.js";

const SECOND = 1_000;

function span(from: number, to: number, more: Partial<Span> = {}): Span {
  return { from: from * SECOND, to: to * SECOND, phase: "healthy", version: 0, canary: false, ...more };
}

function allocation(
  n: number,
  spans: readonly Span[],
  more: Partial<AllocationTimeline> = {},
): AllocationTimeline {
  return { id: `a${n}`, name: `shop.web[${n}]`, group: "web", nodeId: "node-1", spans, ...more };
}

const job: JobTimeline = {
  jobId: "shop",
  allocations: [
    allocation(0, [span(0, 10, { phase: "pending" }), span(10, 20, { phase: "running" }), span(20, 40)], {
      ending: "stopped",
    }),
    allocation(1, [
      span(20, 30, { canary: true, version: 1, phase: "running" }),
      span(30, 60, { version: 1 }),
    ]),
    allocation(2, [span(0, 30), span(30, 40, { phase: "unknown" })], { ending: "lost" }),
  ],
  marks: [
    { at: 0, kind: "submitted", version: 0 },
    { at: 20 * SECOND, kind: "submitted", version: 1 },
    { at: 40 * SECOND, kind: "promoted", version: 1 },
    { at: 40 * SECOND, kind: "successful", version: 1, description: "done" },
  ],
  deadlines: [
    { group: "web", version: 1, setAt: 0, by: 50 * SECOND },
    { group: "web", version: 1, setAt: 0, by: 900 * SECOND },
  ],
};
const range = { from: 0, to: 60 * SECOND };

/** Hostile names: whatever an orchestrator lets through. */
const hostile: JobTimeline = {
  ...job,
  jobId: '<script>alert("1")</script>',
  allocations: [
    allocation(0, [span(0, 10)], { id: "&'\u0000\ud800", name: `${"long".repeat(40)}.<b>[0]`, group: "<g>" }),
  ],
};

/** Elements open and close as they should; nothing but elements, text and entities. */
function wellFormed(svg: string): boolean {
  const open: string[] = [];
  for (const [, close, name, rest] of svg.matchAll(/<(\/?)([a-z]+)([^<>]*)>/gi)) {
    if (close === "/") {
      if (open.pop() !== name) return false;
    } else if (!rest?.endsWith("/")) open.push(name ?? "");
  }
  const outside = svg.replace(/<[^<>]*>/g, "");
  return open.length === 0 && !/[<>]/.test(outside) && !/&(?!(amp|lt|gt|quot|#39);)/.test(svg);
}

describe("a timeline as text", () => {
  it("has a row for each allocation, signs for what it was, and what happened below", () => {
    expect(timelineText(job, range, { width: 30 }).split("\n")).toEqual([
      "Allocation   ID  Version  |0             |+30s",
      "shop.web[0]  a0  0        .....-----==========s",
      "shop.web[1]  a1  1                  +++++===============",
      "shop.web[2]  a2  0        ===============?????L",
      "                          a         b         c    e",
      "                                              d",
      "",
      "a  +0s  submitted: version 0",
      "b  +20s  submitted: version 1",
      "c  +40s  promoted: version 1",
      "d  +40s  successful: version 1 (done)",
      "e  +50s  progress deadline: version 1, web",
      "",
      ". pending   - running   + canary, running   = healthy   ? unknown   s stopped   L lost",
    ]);
  });

  it("has colours only when asked for, and says the same", () => {
    const plain = timelineText(job, range);
    const coloured = timelineText(job, range, { colour: true });
    expect(plain).not.toContain("\u001b");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colours are made of.
    expect(coloured.replace(/\u001b\[\d+m/g, "")).toBe(plain);
    expect(coloured).not.toBe(plain);
  });

  it.each([
    ["nothing", { jobId: "shop", allocations: [], marks: [], deadlines: [] }, range],
    ["a moment", job, { from: 0, to: 0 }],
  ])("is there for %s", (_, of, over) => expect(timelineText(of, over).length).toBeGreaterThan(0));
});

describe("a timeline as a picture", () => {
  const svg = timelineSvg(job, range);

  it.each([
    ["a rollout", svg],
    ["hostile names", timelineSvg(hostile, range)],
    ["nothing", timelineSvg({ jobId: "shop", allocations: [], marks: [], deadlines: [] }, range)],
    ["a moment", timelineSvg(job, { from: 0, to: 0 })],
    [
      "two hundred rows",
      timelineSvg(
        { ...job, allocations: Array.from({ length: 200 }, (_, n) => allocation(n, [span(0, 9)])) },
        range,
      ),
    ],
  ])("of %s is well-formed, and holds finite numbers", (_, picture) => {
    expect(wellFormed(picture)).toBe(true);
    expect(picture).not.toMatch(/NaN|Infinity|undefined/);
  });

  it("notices a picture that is not", () => {
    expect(wellFormed("<svg><g></svg>")).toBe(false);
    expect(wellFormed("<svg>a < b</svg>")).toBe(false);
    expect(wellFormed("<svg>a & b</svg>")).toBe(false);
  });

  it("escapes every name, and replaces what XML may not hold", () => {
    const picture = timelineSvg(hostile, range, { title: 'a "title" & more' });
    expect(picture).not.toContain("<script>");
    expect(picture).toContain("&lt;script&gt;");
    expect(picture).toContain("&amp;&#39;\ufffd\ufffd");
    expect(picture).toContain("a &quot;title&quot; &amp; more");
    // The whole name is in the tooltip, a short one in the row.
    expect(picture).toContain("long".repeat(40));
  });

  it("needs nothing from outside, and runs nothing", () => {
    expect(svg.replace("http://www.w3.org/2000/svg", "")).not.toMatch(
      /https?:|href|url\(|<script|<foreignObject|@import/,
    );
  });

  it("has a title and a text for those who do not see it", () => {
    expect(svg).toContain('role="img" aria-labelledby="title summary"');
    expect(svg).toContain('<title id="title">shop</title>');
    expect(svg).toContain('<desc id="summary">3 allocations of job shop over 1m. +0s submitted version 0; ');
    expect(svg).toContain("<title>canary, running, version 1, from +20s for 10s</title>");
  });

  it("explains what occurs, and nothing else", () => {
    for (const text of ["version 0", "version 1", "pending", "unknown", "canary", "stopped", "lost"]) {
      expect(svg).toContain(`>${text}</text>`);
    }
    for (const text of ["version 2", "unhealthy", "stopping", "failed", "complete"]) {
      expect(svg).not.toContain(`>${text}</text>`);
    }
  });

  it("marks what happened, several things at one moment as one, and the deadlines within the range", () => {
    expect(svg).toContain(">promoted v1, successful v1</text>");
    expect(svg.match(/class="due"/g)).toHaveLength(1);
  });

  it("draws versions in colours that begin again, with their numbers in the bars", () => {
    const many = Array.from({ length: 7 }, (_, n) => allocation(n, [span(0, 60, { version: n })]));
    const picture = timelineSvg({ ...job, allocations: many }, range);
    expect(picture).toContain('class="v0 healthy"');
    expect(picture).toContain('class="v5 healthy"');
    expect(picture).not.toContain('class="v6');
    expect(picture).toContain(">v6</text>");
  });

  it("knows light and dark, and is the same every time", () => {
    expect(svg).toContain("@media (prefers-color-scheme:dark)");
    expect(timelineSvg(job, range)).toBe(svg);
  });
});
