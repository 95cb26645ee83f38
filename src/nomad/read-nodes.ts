import type { Node } from "../model/index.js";
import { type ObjectReader, readList, readWhole } from "./object-reader.js";
import { present } from "./present.js";

/**
 * Reads nodes as `GET /v1/nodes` gives them. Whether a node is eligible is the placer's business, not the reconciler's.
 *
 * @throws VerdigrisError `invalid_input`: `details.issues` lists everything that is wrong, each with its JSON path.
 *
 * @example
 * ```ts
 * readNodes([{ ID: "node-1", Status: "down" }]); // [{ id: "node-1", status: "down" }]
 * ```
 *
 * @public
 */
export function readNodes(json: unknown): Node[] {
  return readWhole("the nodes of Nomad's API", (issues) => readList(json, [], issues, nodeFrom));
}

function nodeFrom(node: ObjectReader): Node {
  const drains = node.optionalFlag("Drain") === true || node.raw("DrainStrategy") !== undefined;
  return present({
    id: node.text("ID"),
    status: node.word("Status", ["initializing", "ready", "down", "disconnected"]),
    draining: drains || undefined,
  });
}
