import type { Path } from "./json-tree.js";

/** Where the caller's own JSON stands, of which nothing is said: written anew here, and not taken from the checks themselves. */
const OWN: readonly RegExp[] = [
  /(^|\.)tasks\.\d+\.(?!(name|leader|killTimeout)$)/,
  /(^|\.)groups\.\d+\.(?!(name|count)$|(tasks|update|reschedule|disconnect|migrate)(\.|$))/,
  // A submitted specification has no version of its own yet; what it says of one is not read.
  /(^|\.)job\.(version|createIndex|modifyIndex|stable|rollbackOf|tag)$/,
  /(^|\.)change\.(from|to)(\.|$)/,
];

/** Whether the model says of what sort the value at that path is. */
export function isTyped(path: Path): boolean {
  const text = path.join(".");
  return OWN.every((own) => !own.test(text));
}
