import type { DifferenceKind } from "../explain/index.js";

/** A line that bears a mark, and what stands below it. */
export interface MarkedLine {
  readonly kind: DifferenceKind;
  readonly text: string;
  readonly below?: readonly MarkedLine[];
  /** It opens a brace, which is closed below. */
  readonly isBlock?: true;
  /** A blank line comes after it. */
  readonly isApart?: true;
}

const MARKS: { readonly [kind in DifferenceKind]: string } = {
  added: "+ ",
  deleted: "- ",
  edited: "+/- ",
  none: "",
};

/** The lines, each behind its mark; what stands side by side begins in one column. */
export function markedLines(lines: readonly MarkedLine[], indent = 0): string[] {
  const widest = Math.max(0, ...lines.map(({ kind }) => MARKS[kind].length));
  return lines.flatMap(({ kind, text, below = [], isBlock, isApart }) => {
    const mark = MARKS[kind];
    const inner = indent + widest - mark.length + 2;
    return [
      `${" ".repeat(indent)}${mark.padEnd(widest)}${text}${isBlock === true ? " {" : ""}`,
      ...markedLines(below, inner),
      ...(isBlock === true ? [`${" ".repeat(indent + widest)}}`] : []),
      ...(isApart === true ? [""] : []),
    ];
  });
}
