import { isJsonObject, type Json, type JsonObject, ownValue } from "../model/index.js";
import { kindOf } from "./kind-of-difference.js";
import { listWith, type Pair, pairsOf } from "./paired-items.js";
import type { BlockDiff, DifferenceKind, FieldDiff, ForcedUpdate } from "./specification-diff.js";

/** What it would force if this stood where the old value stands, and nothing else changed. */
export type Ask = (instead: Json | undefined) => ForcedUpdate;

/** What differs below one specification, group, task or block. */
export interface Differences {
  readonly fields: FieldDiff[];
  readonly blocks: BlockDiff[];
}

/** The differences between two objects, in the order of the keys; with what stays if it is asked for. */
export function differencesOf(
  from: JsonObject,
  to: JsonObject,
  ask: Ask,
  withUnchanged: boolean,
): Differences {
  const differences: Differences = { fields: [], blocks: [] };
  for (const key of keysOf(from, to)) {
    const askAlone: Ask = (instead) => ask({ ...from, [key]: instead });
    addDifference(differences, key, ownValue(from, key), ownValue(to, key), askAlone, withUnchanged);
  }
  return differences;
}

/** Every key of the two, in order. */
export function keysOf(from: JsonObject, to: JsonObject): string[] {
  return [...new Set([...Object.keys(from), ...Object.keys(to)])].sort();
}

/** Adds what the two values of one name differ in, as fields or as blocks. */
export function addDifference(
  { fields, blocks }: Differences,
  name: string,
  from: Json | undefined,
  to: Json | undefined,
  ask: Ask,
  withUnchanged = false,
): void {
  const kind = kindOf(from, to);
  if ((from === undefined && to === undefined) || (kind === "none" && !withUnchanged)) return;
  if (isList(from, to)) blocks.push(...listDifferences(name, from, to, ask));
  else if (isBlock(from, to)) blocks.push(blockDifference(name, kind, from, to, ask));
  else fields.push(field(name, kind, from, to, ask));
}

function field(
  name: string,
  kind: DifferenceKind,
  from: Json | undefined,
  to: Json | undefined,
  ask: Ask,
): FieldDiff {
  return {
    kind,
    name,
    forces: kind === "none" ? "none" : ask(to),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}

function isBlock(from: Json | undefined, to: Json | undefined): boolean {
  return (from === undefined || isJsonObject(from)) && (to === undefined || isJsonObject(to));
}

function isList(from: Json | undefined, to: Json | undefined): boolean {
  return (from === undefined || Array.isArray(from)) && (to === undefined || Array.isArray(to));
}

function blockDifference(
  name: string,
  kind: DifferenceKind,
  from: Json | undefined,
  to: Json | undefined,
  ask: Ask,
): BlockDiff {
  const [before, after] = [objectOf(from), objectOf(to)];
  return {
    kind,
    name,
    forces: kind === "none" ? "none" : ask(to),
    ...differencesOf(before, after, ask, true),
  };
}

function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** A list of blocks is so many blocks of its name; a list of values is one block of them. */
function listDifferences(name: string, from: Json | undefined, to: Json | undefined, ask: Ask): BlockDiff[] {
  const [before, after] = [itemsOf(from), itemsOf(to)];
  const pairs = pairsOf(before, after);
  const askWith =
    (pair: Pair): Ask =>
    (instead) =>
      ask(listWith(before, pair, instead));
  if ([...before, ...after].some(isJsonObject)) {
    return pairs.flatMap((pair) => {
      const kind = kindOf(pair.from, pair.to);
      if (kind === "none") return [];
      return [blockDifference(name, kind, pair.from, pair.to, askWith(pair))];
    });
  }
  const kind = kindOf(from, to);
  const fields = pairs.map((pair) =>
    field(name, kindOf(pair.from, pair.to), pair.from, pair.to, askWith(pair)),
  );
  return [{ kind, name, forces: kind === "none" ? "none" : ask(to), fields, blocks: [] }];
}

function itemsOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
