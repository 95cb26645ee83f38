import type { JobTimeline } from "../../simulate/index.js";
import { timeTicks } from "../time-axis.js";
import type { TimeRange } from "../timeline-text.js";
import { duration } from "../timestamp.js";
import { bars } from "./bars.js";
import { element, escaped, shortened } from "./element.js";
import { type Layout, type Line, layoutOf, type Row, SIZES } from "./layout.js";
import { legend } from "./legend.js";
import { timelineStyle } from "./style.js";

/** @public */
export interface TimelineSvgOptions {
  /** In pixels. Default 1000. */
  readonly width?: number;
  /** Default: the job's name. */
  readonly title?: string;
}

/** How long a name may be before it is shortened. */
const LONGEST_NAME = 26;

/**
 * A rollout as a picture: an SVG document that needs nothing else - one row per allocation, time to the right, colours by
 * version, promotion, failure and rollback as lines, light and dark.
 *
 * @public
 */
export function timelineSvg(job: JobTimeline, range: TimeRange, options: TimelineSvgOptions = {}): string {
  const { width = 1_000, title = job.jobId } = options;
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
      escaped(shortened(title, Math.floor(layout.width / 9))),
    ),
    axis(layout, range),
    ...layout.lines.map((line) => verticalLine(line, layout)),
    ...layout.rows.map((row) => drawnRow(row, layout, range)),
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

function verticalLine({ x, label, kind, lane, anchor }: Line, { bottom }: Layout): string {
  const y = SIZES.margin + SIZES.title + lane * SIZES.lane;
  const text = { class: "mark", x: anchor === "start" ? x + 4 : x - 4, y: y - 1, "text-anchor": anchor };
  return (
    element("line", { class: kind, x1: x, x2: x, y1: y - 10, y2: bottom }) +
    element("text", text, escaped(shortened(label, 90)))
  );
}

function drawnRow(row: Row, { x }: Layout, { from }: TimeRange): string {
  const y = row.y + SIZES.row / 2 + 4;
  if (row.kind === "group") {
    return element(
      "text",
      { class: "group", x: SIZES.margin, y },
      escaped(shortened(row.name, LONGEST_NAME)),
    );
  }
  const { allocation } = row;
  const name = `${allocation.name.slice(allocation.name.lastIndexOf(".") + 1)} ${allocation.id}`;
  const full = element("title", {}, escaped(`${allocation.name}, ${allocation.id}, on ${allocation.nodeId}`));
  return (
    element("text", { x: SIZES.margin, y }, escaped(shortened(name, LONGEST_NAME)), full) +
    bars(allocation, row.y, x, from)
  );
}
