import type { Row } from "./row.js";

const WIDTHS = [24, 9, 11, 21, 20, 7, 16, 14] as const;

/** What stands above the rows. */
export const HEAD: string = cells([
  "what",
  "size",
  "median ms",
  "spread",
  "a second",
  "bytes",
  "ratio",
  "before",
]);

/** A row, beside the one that an earlier run had in its place. */
export function lineOf(row: Row, earlier: readonly Row[]): string {
  const before = earlier.find(({ name, size }) => name === row.name && size === row.size);
  return cells([
    row.name,
    String(row.size),
    milliseconds(row.median),
    row.spread.map(milliseconds).join("-"),
    row.rate === undefined ? "" : `${short(row.rate.perSecond)} ${row.rate.of}`,
    row.bytes === undefined ? "" : row.bytes.toFixed(0),
    row.ratio === undefined ? "" : `${ratio(row.ratio.is)} ${row.ratio.to}`,
    before === undefined ? "" : compared(row, before),
  ]);
}

/** Ratios are compared where there are some: they were measured side by side, the times were not. */
function compared(row: Row, before: Row): string {
  const [is, was] =
    row.ratio === undefined || before.ratio === undefined
      ? [row.median, before.median]
      : [row.ratio.is, before.ratio.is];
  const change = (100 * (is - was)) / was;
  return `${ratio(was)} ${change < 0 ? "" : "+"}${change.toFixed(0)} %`;
}

function milliseconds(time: number): string {
  return time.toFixed(time < 10 ? 4 : 1);
}

function ratio(is: number): string {
  return is.toFixed(is < 1 ? 3 : 1);
}

function short(number: number): string {
  if (number >= 1e6) return `${(number / 1e6).toFixed(1)} M`;
  return number >= 1e4 ? `${(number / 1e3).toFixed(0)} k` : number.toFixed(0);
}

function cells([name = "", ...others]: readonly string[]): string {
  const padded = others.map((cell, n) => cell.padStart(WIDTHS[n + 1] ?? 0));
  return [name.padEnd(WIDTHS[0]), ...padded].join(" ").trimEnd();
}
