import { NODE_STATUSES, type Node } from "./node.js";
import { open } from "./shape/containers.js";
import { flag, name, oneOf, optional } from "./shape/scalars.js";
import type { Shape } from "./shape/shape.js";

/** @internal */
export const nodeShape: Shape<Node> = open<Node>({
  id: name,
  status: oneOf(...NODE_STATUSES),
  draining: optional(flag),
});
