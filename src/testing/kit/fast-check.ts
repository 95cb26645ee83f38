import type * as fastCheck from "fast-check";

/** A caller's fast-check, version 4: what of it is used. It is received, never imported. @public */
export type FastCheck = Pick<
  typeof fastCheck,
  | "__version"
  | "array"
  | "nat"
  | "record"
  | "constantFrom"
  | "commands"
  | "modelRun"
  | "limitShrink"
  | "property"
  | "check"
>;
