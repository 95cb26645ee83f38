import type { AllocationTimeline, Ending, Span } from "../../simulate/index.js";
import { duration } from "../timestamp.js";
import { element, escaped } from "./element.js";
import { SIZES, textWidth } from "./layout.js";
import { timesUsed, versionClass } from "./style.js";

const ENDINGS: { readonly [ending in Ending]: string } = {
  stopped: "M-3.5-3.5h7v7h-7z",
  complete: "M-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0z",
  failed: "M-4-4L4 4M4-4L-4 4",
  lost: "M0-4.5L4.5 0L0 4.5L-4.5 0z",
};

/** The sign of an ending, around its middle. */
export function endingSign(ending: Ending, x: number, y: number): string {
  return element("path", {
    class: "ending",
    d: ENDINGS[ending],
    transform: `translate(${Math.round(x)} ${y})`,
  });
}

/** An allocation's life as bars, its versions written into them, and how it ended. */
export function bars(
  allocation: AllocationTimeline,
  y: number,
  x: (at: number) => number,
  from: number,
): string {
  const { spans, ending } = allocation;
  const top = y + (SIZES.row - SIZES.bar) / 2;
  const end = spans.at(-1)?.to;
  return [
    ...spans.map((span) => bar(span, top, x, from)),
    ...versionRuns(spans, x).map((run) => versionLabel(run, top, x)),
    ...(ending === undefined || end === undefined ? [] : [endingSign(ending, x(end) + 6, y + SIZES.row / 2)]),
  ].join("");
}

function bar(span: Span, y: number, x: (at: number) => number, from: number): string {
  const { phase, version, canary } = span;
  const left = x(span.from);
  // What took no time at this scale is still there.
  const width = Math.max(1.5, x(span.to) - left);
  const since = span.from - from;
  const title = `${canary ? "canary, " : ""}${phase}, version ${version}, from ${since < 0 ? "-" : "+"}${duration(Math.abs(since))} for ${duration(span.to - span.from)}`;
  const box = { x: left, y, width, height: SIZES.bar, rx: 2 };
  const classes = `${versionClass(version)} ${phase}${canary ? " canary" : ""}`;
  const shape = element("rect", { class: classes, ...box }, element("title", {}, escaped(title)));
  return shape + (phase === "unhealthy" ? hatch(left, y, width) : "") + stripes(version, left, y, width);
}

/** Stripes along a bar, one for each time that its colour was used before: version 6 is not taken for version 0. */
export function stripes(version: number, left: number, y: number, width: number): string {
  const most = Math.min(timesUsed(version), 3);
  return Array.from({ length: most }, (_, n) => y + SIZES.bar - 2.5 - n * 4)
    .map((at) => element("line", { class: "again", x1: left + 1, x2: left + width - 1, y1: at, y2: at }))
    .join("");
}

/** Strokes across a bar. */
export function hatch(left: number, y: number, width: number): string {
  const strokes: string[] = [];
  for (let at = left + 3; at < left + width - 3; at += 7)
    strokes.push(`M${Math.round(at)} ${y + SIZES.bar}l5-${SIZES.bar}`);
  return strokes.length === 0 ? "" : element("path", { class: "hatch", d: strokes.join("") });
}

/** Neighbouring bars of one version. */
function versionRuns(spans: readonly Span[], x: (at: number) => number): Span[] {
  const shown = ({ from, to }: Span): number => x(to) - x(from);
  const runs: Span[] = [];
  for (const span of spans) {
    const last = runs.at(-1);
    if (last?.version === span.version) {
      // The label stands in the longest bar of its run.
      if (shown(span) > shown(last) + 0.5) runs[runs.length - 1] = span;
    } else runs.push(span);
  }
  return runs;
}

function versionLabel(span: Span, y: number, x: (at: number) => number): string {
  const label = `v${span.version}`;
  const [left, right] = [x(span.from), x(span.to)];
  if (right - left < textWidth(label) + 6) return "";
  const isSolid = span.phase === "healthy";
  return element(
    "text",
    { class: isSolid ? "inbar on" : "inbar", x: left + 4, y: y + SIZES.bar - 3.5 },
    label,
  );
}
