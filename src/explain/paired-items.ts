import { isJsonObject, type Json, ownValue } from "../model/index.js";
import { kindOf } from "./kind-of-difference.js";

/** An item before and what it is after; `at`: where it stood. */
export interface Pair {
  readonly at: number | undefined;
  readonly from: Json | undefined;
  readonly to: Json | undefined;
}

/** The list with that one item changed, gone or new. */
export function listWith(before: readonly Json[], { at }: Pair, instead: Json | undefined): readonly Json[] {
  if (at === undefined) return instead === undefined ? before : [...before, instead];
  return before.flatMap((item, i) => (i !== at ? [item] : instead === undefined ? [] : [instead]));
}

/** Who was who: what is the same, then what bears one name, then, of blocks, whoever comes next. */
export function pairsOf(before: readonly Json[], after: readonly Json[]): Pair[] {
  const left = new Set(after.keys());
  const partners = new Map<number, number>();
  const pairUp = (isPartner: (from: Json, to: Json) => boolean): void => {
    before.forEach((from, at) => {
      if (partners.has(at)) return;
      for (const other of left) {
        const to = after[other];
        if (to === undefined || !isPartner(from, to)) continue;
        partners.set(at, other);
        left.delete(other);
        return;
      }
    });
  };
  pairUp((from, to) => kindOf(from, to) === "none");
  pairUp((from, to) => nameOf(from) !== undefined && nameOf(from) === nameOf(to));
  pairUp((from, to) => isJsonObject(from) && isJsonObject(to));
  return [
    ...before.map((from, at) => ({ at, from, to: after[partners.get(at) ?? -1] })),
    ...[...left].map((other) => ({ at: undefined, from: undefined, to: after[other] })),
  ];
}

function nameOf(item: Json): Json | undefined {
  return isJsonObject(item) ? ownValue(item, "name") : undefined;
}
