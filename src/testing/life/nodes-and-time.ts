import { clients } from "./clients.js";
import type { Happens } from "./happening.js";

/** Something becomes of a node. */
export const node: Happens = (life) => {
  const id = life.anyNode();
  const status = life.choices.of("ready", "down", "disconnected", "ready", "ready", "initializing", "gone");
  const draining = life.choices.oneIn(3);
  life.send({ kind: "update_node", node: { id, status, ...(draining ? { draining } : {}) } });
};

export const nodesBack: Happens = (life) => {
  for (const { id } of life.state.nodes ?? [])
    life.send({ kind: "update_node", node: { id, status: "ready" } });
  clients(life);
};

export const pass: Happens = (life) => {
  life.now += life.choices.of(5_000, 1_000, 30_000, 600_000);
  life.send({ kind: "tick" });
};

export const tick: Happens = (life) => life.send({ kind: "tick" });

export const collect: Happens = (life) =>
  life.send({ kind: "collect", before: life.now, keepDeployments: life.choices.of(2, 0, 1) });
