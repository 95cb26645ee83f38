import { firstDifference, type Json } from "../model/index.js";
import type { DifferenceKind } from "./specification-diff.js";

/** Absent and `undefined` are the same, as everywhere. */
export function kindOf(from: Json | undefined, to: Json | undefined): DifferenceKind {
  if (firstDifference(from, to, "") === undefined) return "none";
  if (from === undefined) return "added";
  return to === undefined ? "deleted" : "edited";
}
