import type { AllocationTimeline, JobTimeline } from "../../simulate/index.js";
import type { TimeRange } from "../timeline-text.js";

/** Sizes in pixels. */
export const SIZES = { margin: 16, title: 34, lane: 16, axis: 22, row: 22, bar: 14, names: 190, legend: 22 };

/** About how wide the characters of the small texts are: most of them, the wide ones of Latin, and those of East Asia. */
const CHARACTER = 6.4;
const WIDE = /[A-Zmw@%]/;
const WIDEST = /[MW@\u1100-\u11ff\u2e80-\uffff\u{1f000}-\u{3ffff}]/u;

export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += WIDEST.test(character) ? 12 : WIDE.test(character) ? 9 : CHARACTER;
  return width;
}

/** As much of a text as has room in that many pixels; what is cut off leaves an ellipsis. */
export function fitted(text: string, pixels: number): string {
  if (textWidth(text) <= pixels) return text;
  let kept = "";
  let room = pixels - CHARACTER * 2;
  for (const character of text) {
    room -= textWidth(character);
    if (room < 0) break;
    kept += character;
  }
  return `${kept}\u2026`;
}

/** A vertical line with what it means beside it. */
export interface Line {
  readonly x: number;
  readonly kind: "when" | "due";
  readonly labels: readonly Label[];
}

export interface Label {
  readonly text: string;
  /** In which line of labels it is told, and on which side. */
  readonly lane: number;
  readonly anchor: "start" | "end";
}

/** A row: the name of a group, or an allocation. */
export type Row =
  | { readonly kind: "group"; readonly y: number; readonly name: string }
  | { readonly kind: "allocation"; readonly y: number; readonly allocation: AllocationTimeline };

/** Where everything goes. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  /** Where the rows begin and end. */
  readonly top: number;
  readonly bottom: number;
  readonly lines: readonly Line[];
  readonly rows: readonly Row[];
  readonly x: (at: number) => number;
}

export function layoutOf(job: JobTimeline, { from, to }: TimeRange, width: number): Layout {
  const left = SIZES.margin + SIZES.names;
  const right = width - SIZES.margin;
  // A little room on the right, for what ends last.
  const scale = (right - left - 12) / Math.max(1, to - from);
  const x = (at: number): number => left + Math.min(Math.max(at - from, 0), Math.max(0, to - from)) * scale;
  const lines = linesOf(job, x, left, right);
  const lanes = Math.max(0, ...lines.flatMap(({ labels }) => labels.map(({ lane }) => lane + 1)));
  const top = SIZES.margin + SIZES.title + lanes * SIZES.lane;
  const rows = rowsOf(job, top);
  return {
    width,
    height: top + rows.length * SIZES.row + SIZES.axis,
    left,
    right,
    top,
    bottom: top + rows.length * SIZES.row,
    lines,
    rows,
    x,
  };
}

/** By task group, in the order in which they were placed. */
function rowsOf({ allocations }: JobTimeline, top: number): Row[] {
  const groups = [...new Set(allocations.map(({ group }) => group))];
  const rows: Row[] = [];
  const y = (): number => top + rows.length * SIZES.row;
  for (const name of groups) {
    if (groups.length > 1) rows.push({ kind: "group", y: y(), name });
    for (const allocation of allocations) {
      if (allocation.group === name) rows.push({ kind: "allocation", y: y(), allocation });
    }
  }
  return rows;
}

/** What happened at one moment is one line; labels that would lie on each other go to lanes of their own. */
function linesOf(
  { marks, deadlines }: JobTimeline,
  x: (at: number) => number,
  left: number,
  right: number,
): Line[] {
  const told = [
    ...marks.map(({ at, kind, version }) => ({
      at,
      kind: "when" as const,
      label: `${kind.replace("_", " ")} v${version}`,
    })),
    ...deadlines.map(({ by, version }) => ({ at: by, kind: "due" as const, label: `deadline v${version}` })),
  ];
  const moments = new Map<string, { at: number; kind: "when" | "due"; labels: Set<string> }>();
  for (const { at, kind, label } of told.sort((a, b) => a.at - b.at)) {
    const key = `${at} ${kind}`;
    const moment = moments.get(key) ?? { at, kind, labels: new Set() };
    moments.set(key, moment);
    moment.labels.add(label);
  }
  const ends: { from: number; to: number }[][] = [];
  // Half of the chart has room on one side or the other, wherever the line stands.
  const most = (right - left) / 2 - 10;
  return [...moments.values()].map(({ at, kind, labels }) => {
    const placed = inPieces([...labels], most).map((text): Label => {
      const width = textWidth(text) + 10;
      const anchor = x(at) + width <= right ? "start" : "end";
      const box =
        anchor === "start" ? { from: x(at), to: x(at) + width } : { from: x(at) - width, to: x(at) };
      let lane = ends.findIndex((taken) => taken.every((one) => box.from >= one.to || box.to <= one.from));
      if (lane < 0) lane = ends.push([]) - 1;
      ends[lane]?.push(box);
      return { text, lane, anchor };
    });
    return { x: x(at), kind, labels: placed };
  });
}

/** Labels of one moment, joined for as long as there is room. */
function inPieces(labels: readonly string[], most: number): string[] {
  const pieces: string[] = [];
  for (const label of labels) {
    const longer = `${pieces.at(-1)}, ${label}`;
    if (pieces.length > 0 && textWidth(longer) <= most) pieces[pieces.length - 1] = longer;
    else pieces.push(fitted(label, most));
  }
  return pieces;
}
