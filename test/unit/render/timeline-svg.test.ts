import { describe, expect, it } from "vitest";
import { timelineSvg } from "../../../src/render/index.js";
import {
  aBlueGreen,
  aCrowdOfMarks,
  aFailureWithRollback,
  aHostileRollout,
  aLife,
  aLostNode,
  anAllocationLine,
  aRollout,
  at,
  everyLook,
  HOSTILE,
  type Rollout,
} from "./a-timeline.js";

const drawn = ({ job, range }: Rollout): string => timelineSvg(job, range);

function aCrowd(size: number): Rollout {
  return aRollout(60, {
    allocations: Array.from({ length: size }, (_, n) => anAllocationLine(n, aLife(0, [["healthy", 60]]))),
  });
}

const ROLLOUTS: readonly (readonly [string, Rollout])[] = [
  ["a blue/green rollout", aBlueGreen()],
  ["a failure with a rollback", aFailureWithRollback()],
  ["a lost node", aLostNode()],
  ["hostile names", aHostileRollout()],
  ["many marks at one moment", aCrowdOfMarks()],
  ["eight versions in every phase", everyLook()],
  ["nothing", aRollout(60, {})],
  ["one moment", { job: aBlueGreen().job, range: { from: at(90), to: at(90) } }],
  ["two hundred allocations", aCrowd(200)],
];

/** What keeps a text from being XML; nothing if it is well-formed. */
function faultOf(xml: string): string | undefined {
  for (const character of xml) {
    const code = character.codePointAt(0) ?? 0;
    const isControl = code < 0x20 && ![0x09, 0x0a, 0x0d].includes(code);
    if (isControl || (code >= 0xd800 && code <= 0xdfff) || code === 0xfffe || code === 0xffff)
      return `the character ${code.toString(16)}`;
  }
  if (/&(?!(?:amp|lt|gt|quot|#39);)/.test(xml)) return "a bare ampersand";
  const open: string[] = [];
  let roots = 0;
  let rest = xml.trimEnd();
  while (rest !== "") {
    const found =
      /^(?:<\/(?<close>[a-z]+)>|<(?<name>[a-zA-Z]+)(?<attributes>(?: [\w:-]+="[^"<]*")*)(?<empty>\/?)>|(?<text>[^<>]+))/.exec(
        rest,
      );
    if (found?.groups === undefined) return `not XML: ${rest.slice(0, 40)}`;
    const { close, name, attributes = "", empty, text } = found.groups;
    if (close !== undefined && open.pop() !== close) return `</${close}> closes what is not open`;
    if (text !== undefined && open.length === 0) return "text outside of the root";
    if (name !== undefined) {
      if (open.length === 0) roots++;
      const names = [...attributes.matchAll(/ ([\w:-]+)=/g)].map(([, one]) => one);
      if (new Set(names).size < names.length) return `an attribute of <${name}> twice`;
      if (empty === "") open.push(name);
    }
    rest = rest.slice(found[0].length);
  }
  if (open.length > 0) return `<${open.at(-1)}> is left open`;
  return roots === 1 ? undefined : `${roots} roots`;
}

function heightOf(svg: string): number {
  return Number(/ height="(\d+)" role=/.exec(svg)?.[1]);
}

describe("the check for XML", () => {
  it.each([
    ["<a><b></a>", "closes what is not open"],
    ["<a>", "left open"],
    ["<a/><a/>", "2 roots"],
    ["<a/>text", "text outside"],
    ["<a>1 & 2</a>", "ampersand"],
    ["<a>1 < 2</a>", "not XML"],
    ["<a>1 > 2</a>", "not XML"],
    ['<a b="<"/>', "not XML"],
    ['<a b="1" b="2"/>', "twice"],
    ["<a>\u0001</a>", "the character 1"],
    ["<a>\ud800</a>", "the character d800"],
  ])("refuses %j", (xml, fault) => expect(faultOf(xml)).toContain(fault));
});

describe.each(ROLLOUTS)("a picture of %s", (_, rollout) => {
  const svg = drawn(rollout);

  it("is well-formed, and its numbers are finite and short", () => {
    expect(faultOf(svg)).toBeUndefined();
    expect(svg).not.toMatch(/NaN|Infinity|undefined|null/);
    const attributes = svg
      .replace(/<style>.*?<\/style>/, "")
      .match(/ (?:x|y|x1|x2|y1|y2|width|height)="[^"]*"/g);
    expect(attributes?.filter((one) => !/="-?\d+(?:\.\d{1,2})?(?:%)?"/.test(one))).toEqual([]);
  });

  it("has a title and a description that the picture is labelled by", () => {
    const [, title, desc] = / role="img" aria-labelledby="(\S+) (\S+)"/.exec(svg) ?? [];
    expect(svg).toMatch(new RegExp(`<title id="${title}">[^<]+</title>`));
    expect(svg).toMatch(
      new RegExp(`<desc id="${desc}">[^<]*${rollout.job.allocations.length} allocations[^<]*</desc>`),
    );
  });

  it("runs nothing, and refers to nothing outside", () => {
    const own = svg.replace('xmlns="http://www.w3.org/2000/svg"', "");
    expect(own).not.toMatch(/<script|<foreignObject|<image|href=|url\(|https?:|@import|\son\w+="/);
  });

  it("has a bar with a tooltip for each span, and as many marks' lines as moments", () => {
    const { job, range } = rollout;
    if (range.from === range.to) return;
    const spans = job.allocations.flatMap((one) => one.spans).length;
    expect(svg.match(/<rect [^>]*><title>[^<]+<\/title><\/rect>/g) ?? []).toHaveLength(spans);
    const moments = new Set(job.marks.map((mark) => mark.at)).size;
    expect(svg.match(/<line class="when"/g) ?? []).toHaveLength(moments);
  });

  it("is the same every time, byte for byte", () => {
    expect(drawn(structuredClone(rollout))).toBe(svg);
  });
});

describe("pictures of rollouts", () => {
  it("escape names: none becomes an element, none ends an attribute", () => {
    const svg = drawn(aHostileRollout());
    expect(svg).not.toContain("<script");
    expect(svg).toContain("&lt;/title&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;");
    expect(svg).toContain("nul\ufffd bell\ufffd half\ufffd not\ufffd");
    expect(svg).not.toContain(HOSTILE.forbidden);
  });

  it("shorten long names in rows, and keep them whole in tooltips", () => {
    const svg = drawn(aHostileRollout());
    const rows = [...svg.matchAll(/<text x="16"[^>]*>([^<]*)<title>([^<]*)<\/title>/g)];
    expect(rows).toHaveLength(4);
    for (const [, row = ""] of rows) expect(row.length).toBeLessThan(60);
    expect(rows.some(([, row, whole]) => !row?.includes(HOSTILE.long) && whole?.includes(HOSTILE.long))).toBe(
      true,
    );
  });

  it("explain the versions, phases and endings that occur, and no others", () => {
    const legend = (svg: string): string[] =>
      [...svg.slice(svg.lastIndexOf("</title>")).matchAll(/<text class="quiet"[^>]*>([^<]*)<\/text>/g)].map(
        ([, text]) => text ?? "",
      );
    expect(legend(drawn(aBlueGreen())).sort()).toEqual(
      ["canary", "healthy", "pending", "running", "stopped", "stopping", "version 0", "version 1"].sort(),
    );
    expect(legend(drawn(aLostNode())).sort()).toEqual(
      ["complete", "healthy", "lost", "pending", "running", "unknown", "version 0"].sort(),
    );
  });

  it("draw every phase, and canaries, in a way of their own", () => {
    const svg = drawn(everyLook());
    for (const phase of ["pending", "running", "healthy", "unhealthy", "stopping", "unknown"]) {
      expect(svg).toContain(`class="v0 ${phase}"`);
      expect(svg).toContain(`class="v1 ${phase} canary"`);
      if (phase !== "healthy") expect(svg).toMatch(new RegExp(`\\.${phase}\\{[^}]`));
    }
    expect(svg).toMatch(/\.canary\{[^}]/);
    // In each unhealthy bar, and in the legend.
    expect(svg.match(/<path class="hatch"/g)).toHaveLength(9);
    const glyphs = [...svg.matchAll(/<path class="ending" d="([^"]+)"/g)].map(([, d]) => d);
    expect(new Set(glyphs).size).toBe(4);
  });

  it("name groups when there are several", () => {
    const groups = (svg: string): string[] =>
      [...svg.matchAll(/<text class="group"[^>]*>([^<]*)</g)].map(([, text]) => text ?? "");
    expect(groups(drawn(aLostNode()))).toEqual(["web", "jobs"]);
    expect(groups(drawn(aBlueGreen()))).toEqual([]);
  });

  it("tell what happened at one moment together, and mark the deadline", () => {
    const svg = drawn(aBlueGreen());
    expect(svg).toContain(">promoted v1, successful v1</text>");
    expect(svg).toContain(">deadline v1</text>");
    expect(svg).toContain("+1m30s successful version 1 (Deployment completed successfully)");
  });

  it("grow with their rows, and are as wide as asked for", () => {
    const row = (heightOf(drawn(aCrowd(200))) - heightOf(drawn(aCrowd(100)))) / 100;
    expect(row).toBeGreaterThan(12);
    const { job, range } = aBlueGreen();
    expect(timelineSvg(job, range, { width: 720 })).toContain('viewBox="0 0 720 ');
    expect(timelineSvg(job, range, { title: "one & all" })).toContain(
      '<title id="title">one &amp; all</title>',
    );
  });

  it("have a palette for the dark that differs from that for the light in every colour", () => {
    const [light = "", dark = ""] = [...drawn(aBlueGreen()).matchAll(/svg\{([^}]+)\}/g)].map(
      ([, rule]) => rule,
    );
    const colours = (rule: string): Map<string, string> =>
      new Map(rule.split(";").map((one) => one.split(":") as [string, string]));
    expect(colours(light).size).toBeGreaterThan(8);
    expect([...colours(dark).keys()]).toEqual([...colours(light).keys()]);
    for (const [name, colour] of colours(light))
      expect([name, colours(dark).get(name)]).not.toEqual([name, colour]);
  });
});
