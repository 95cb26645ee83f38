import { nextTick } from "../../lifecycle/index.js";
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

/** Time passes: some of it, or just until the lifecycle has something to do. */
export const pass: Happens = (life) => {
  const step = life.choices.of<number | "until the next tick">(
    5_000,
    1_000,
    30_000,
    600_000,
    "until the next tick",
  );
  const next = nextTick(life.state, life.now) ?? life.now;
  life.now = step === "until the next tick" ? Math.max(life.now, next) : life.now + step;
  life.send({ kind: "tick" });
};

export const tick: Happens = (life) => life.send({ kind: "tick" });

export const collect: Happens = (life) =>
  life.send({ kind: "collect", before: life.now, keepDeployments: life.choices.of(2, 0, 1) });
