import type { AllocationTimeline, Ending, JobTimeline, Phase, Span } from "../simulate/index.js";
import { aligned } from "./columns.js";
import { printable, shortened } from "./printable.js";
import { seenIn } from "./seen.js";
import { timeTicks } from "./time-axis.js";
import { duration } from "./timestamp.js";

/** From when to when, in milliseconds since the epoch; a whole timeline will do. @public */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** How a timeline is written. @public */
export interface TimelineTextOptions {
  /** How many characters wide the chart is, without the names. Default 80. */
  readonly width?: number;
  /** With colours for a terminal, as ANSI codes. Default false: it is legible without. */
  readonly colour?: boolean;
}

interface Look {
  readonly sign: string;
  readonly canary: string;
  readonly ansi: number;
}

const PHASES: { readonly [phase in Phase]: Look } = {
  pending: { sign: ".", canary: ":", ansi: 33 },
  running: { sign: "-", canary: "+", ansi: 36 },
  healthy: { sign: "=", canary: "#", ansi: 32 },
  unhealthy: { sign: "!", canary: "%", ansi: 31 },
  stopping: { sign: "~", canary: "&", ansi: 90 },
  unknown: { sign: "?", canary: "$", ansi: 35 },
};

const ENDINGS: { readonly [ending in Ending]: Omit<Look, "canary"> } = {
  stopped: { sign: "s", ansi: 90 },
  complete: { sign: "c", ansi: 32 },
  failed: { sign: "X", ansi: 31 },
  lost: { sign: "L", ansi: 31 },
};

/** How long a name or an id may be before it is shortened; a whole UUID is not. */
const LONGEST_NAME = 40;

/**
 * A rollout as text: one row per allocation, time to the right, and what happened to the job below.
 *
 * @example
 * ```ts
 * timelineText(run.jobs[0], run).includes("successful"); // true
 * ```
 *
 * @public
 */
export function timelineText(
  whole: JobTimeline,
  range: TimeRange,
  options: TimelineTextOptions = {},
): string {
  const job = seenIn(whole, range);
  const { width = 80, colour = false } = options;
  const chart = new Chart(range, Math.max(10, width), colour);
  const rows = job.allocations.map((one) => [
    named(one.name),
    named(one.id),
    versionsOf(one),
    chart.row(one),
  ]);
  const events = eventsOf(job).map((event, at) => ({ ...event, letter: letterOf(at) }));
  return [
    ...aligned([
      ["Allocation", "ID", "Version", chart.axis()],
      ...rows,
      ...chart.letters(events).map((line) => ["", "", "", line]),
    ]),
    "",
    ...events.map(({ letter, at, text }) => `${letter}  +${duration(at - range.from)}  ${text}`),
    ...(events.length === 0 ? [] : [""]),
    ...legend(job),
  ].join("\n");
}

function named(text: string): string {
  return shortened(printable(text), LONGEST_NAME);
}

/** `0` or, after it was adopted, `0,2`. */
function versionsOf({ spans }: AllocationTimeline): string {
  return [...new Set(spans.map(({ version }) => version))].join(",");
}

interface JobEventLine {
  readonly at: number;
  readonly text: string;
}

function eventsOf({ marks, deadlines }: JobTimeline): JobEventLine[] {
  const lines = [
    ...marks.map(({ at, kind, version, description }) => ({
      at,
      text: `${kind.replace("_", " ")}: version ${version}${description === undefined ? "" : ` (${printable(description)})`}`,
    })),
    ...deadlines.map(({ by, group, version }) => ({
      at: by,
      text: `progress deadline: version ${version}, ${printable(group)}`,
    })),
  ];
  return lines.sort((a, b) => a.at - b.at);
}

const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

function letterOf(at: number): string {
  // After so many a star: the times in the list tell them apart.
  return LETTERS[at] ?? "*";
}

class Chart {
  readonly #range: TimeRange;
  readonly #width: number;
  readonly #colour: boolean;

  constructor(range: TimeRange, width: number, colour: boolean) {
    this.#range = range;
    this.#width = width;
    this.#colour = colour;
  }

  #column(at: number): number {
    const { from, to } = this.#range;
    const share = to > from ? (at - from) / (to - from) : 0;
    return Math.min(this.#width - 1, Math.max(0, Math.floor(share * this.#width)));
  }

  axis(): string {
    const line: string[] = [];
    for (const { at, label } of timeTicks(this.#range.from, this.#range.to, this.#width / 10)) {
      const column = this.#column(at);
      const text = `|${label}`;
      if (column + text.length > this.#width || column < line.length) continue;
      while (line.length < column) line.push(" ");
      line.push(...text);
    }
    return line.join("");
  }

  row({ spans, ending }: AllocationTimeline): string {
    const cells = Array.from({ length: this.#width }, () => " ");
    for (const span of spans) {
      const { sign, canary, ansi } = PHASES[span.phase];
      const [first, last] = [this.#column(span.from), this.#column(span.to)];
      for (let at = first; at <= last; at++) cells[at] = this.#painted(span.canary ? canary : sign, ansi);
    }
    const end = spans.at(-1)?.to;
    if (ending !== undefined && end !== undefined) {
      const { sign, ansi } = ENDINGS[ending];
      cells[this.#column(end)] = this.#painted(sign, ansi);
    }
    return cells.join("").trimEnd();
  }

  /** The letters of what happened, below the moments; those that fall on one another in lines of their own. */
  letters(events: readonly { readonly at: number; readonly letter: string }[]): string[] {
    const lines: string[][] = [];
    for (const { at, letter } of events) {
      const column = this.#column(at);
      const free = lines.find((one) => one[column] === " ");
      const line = free ?? Array.from({ length: this.#width }, () => " ");
      if (free === undefined) lines.push(line);
      line[column] = letter;
    }
    return lines.map((line) => line.join("").trimEnd());
  }

  #painted(sign: string, ansi: number): string {
    return this.#colour ? `\u001b[${ansi}m${sign}\u001b[39m` : sign;
  }
}

/** What the signs mean; only those that occur. */
function legend({ allocations }: JobTimeline): string[] {
  const spans = allocations.flatMap((one) => one.spans);
  const occurs = (phase: string, canary: boolean): boolean =>
    spans.some((span: Span) => span.phase === phase && span.canary === canary);
  const signs = Object.entries(PHASES).flatMap(([phase, { sign, canary }]) => [
    ...(occurs(phase, false) || (occurs(phase, true) && sign === canary) ? [`${sign} ${phase}`] : []),
    ...(occurs(phase, true) && sign !== canary ? [`${canary} canary, ${phase}`] : []),
  ]);
  const endings = Object.entries(ENDINGS).flatMap(([ending, { sign }]) =>
    allocations.some((one) => one.ending === ending) ? [`${sign} ${ending}`] : [],
  );
  const all = [...signs, ...endings];
  return all.length === 0 ? [] : [all.join("   ")];
}
