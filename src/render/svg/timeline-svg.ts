import type { JobTimeline } from "../../simulate/index.js";
import { printable } from "../printable.js";
import { seenIn } from "../seen.js";
import { timeTicks } from "../time-axis.js";
import type { TimeRange } from "../timeline-text.js";
import { duration } from "../timestamp.js";
import { bars } from "./bars.js";
import { element, escaped } from "./element.js";
import { fitted, type Layout, type Line, layoutOf, type Row, SIZES } from "./layout.js";
import { legend } from "./legend.js";
import { timelineStyle } from "./style.js";

/** How a timeline is drawn. @public */
export interface TimelineSvgOptions {
  /** In pixels. Default 1000. */
  readonly width?: number;
  /** Default: the job's name. */
  readonly title?: string;
}

/** How much room a name has before it is shortened: bold ones are wider than they are counted. */
const NAME = SIZES.names - 16;
const GROUP = NAME * 0.85;

/**
 * A rollout as a picture: an SVG document that needs nothing else - one row per allocation, time to the right, colours by
 * version, promotion, failure and rollback as lines, light and dark.
 *
 * @example
 * ```ts
 * timelineSvg(run.jobs[0], run).startsWith("<svg"); // true
 * ```
 *
 * @public
 */
export function timelineSvg(whole: JobTimeline, range: TimeRange, options: TimelineSvgOptions = {}): string {
  const { width = 1_000, title = whole.jobId } = options;
  const job = seenIn(whole, range);
  const layout = layoutOf(job, range, Math.max(480, width));
  const key = legend(job, layout.left, layout.height + 6, layout.right - layout.left);
  const height = layout.height + key.height + SIZES.margin;
  return `${element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${layout.width} ${Math.ceil(height)}`,
      width: layout.width,
      height: Math.ceil(height),
      role: "img",
      "aria-labelledby": "title summary",
    },
    element("title", { id: "title" }, escaped(title)),
    element("desc", { id: "summary" }, escaped(summary(job, range))),
    element("style", {}, timelineStyle()),
    element("rect", { class: "paper", width: "100%", height: "100%" }),
    element(
      "text",
      { class: "title", x: SIZES.margin, y: SIZES.margin + 12 },
      escaped(fitted(printable(title), (layout.width - 2 * SIZES.margin) * 0.7)),
    ),
    axis(layout, range),
    ...layout.lines.map((line) => verticalLine(line, layout)),
    ...layout.lines.map(labelsOf),
    ...layout.rows.map((row) => drawnRow(row, job, layout, range)),
    key.markup,
  )}\n`;
}

/** The picture in words. */
function summary({ jobId, allocations, marks }: JobTimeline, { from, to }: TimeRange): string {
  const told = marks.map(
    ({ at, kind, version, description }) =>
      `+${duration(at - from)} ${kind.replace("_", " ")} version ${version}${description === undefined ? "" : ` (${description})`}`,
  );
  return `${allocations.length} allocations of job ${jobId} over ${duration(to - from)}. ${told.join("; ")}.`;
}

function axis({ left, right, top, bottom, x }: Layout, { from, to }: TimeRange): string {
  const ticks = timeTicks(from, to, Math.max(2, (right - left) / 80));
  return ticks
    .map(({ at, label }, n) => {
      const line = { class: "grid", x1: x(at), x2: x(at), y1: top, y2: bottom + 4 };
      const isLast = n > 0 && n === ticks.length - 1;
      const text = { class: "quiet", x: x(at), y: bottom + 15, "text-anchor": isLast ? "end" : "start" };
      return element("line", line) + element("text", text, label);
    })
    .join("");
}

const laneY = (lane: number): number => SIZES.margin + SIZES.title + lane * SIZES.lane;

function verticalLine({ x, kind, labels }: Line, { bottom }: Layout): string {
  const first = Math.min(...labels.map(({ lane }) => lane));
  return element("line", { class: kind, x1: x, x2: x, y1: laneY(first) - 10, y2: bottom });
}

/** Drawn after all lines, with paper around the letters, so that no line runs through them. */
function labelsOf({ x, labels }: Line): string {
  return labels
    .map(({ text, lane, anchor }) => {
      const place = { x: anchor === "start" ? x + 4 : x - 4, y: laneY(lane) - 1, "text-anchor": anchor };
      return element("text", { class: "mark", ...place }, escaped(text));
    })
    .join("");
}

function drawnRow(row: Row, { jobId }: JobTimeline, { x }: Layout, { from }: TimeRange): string {
  const y = row.y + SIZES.row / 2 + 4;
  if (row.kind === "group") {
    return element(
      "text",
      { class: "group", x: SIZES.margin, y },
      escaped(fitted(printable(row.name), GROUP)),
      element("title", {}, escaped(row.name)),
    );
  }
  const { allocation } = row;
  // The job is in the title; a group's own name may have dots.
  const prefix = `${jobId}.`;
  const own = allocation.name.startsWith(prefix) ? allocation.name.slice(prefix.length) : allocation.name;
  const name = `${printable(own)} ${printable(allocation.id)}`;
  const full = element("title", {}, escaped(`${allocation.name}, ${allocation.id}, on ${allocation.nodeId}`));
  return (
    element("text", { x: SIZES.margin, y }, escaped(fitted(name, NAME)), full) +
    bars(allocation, row.y, x, from)
  );
}
