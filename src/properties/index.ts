import { bounded } from "./bounded.js";
import { canaries } from "./canaries.js";
import { ceiling } from "./ceiling.js";
import { floor } from "./floor.js";
import { freeze } from "./freeze.js";
import { independence } from "./independence.js";
import { lineage } from "./lineage.js";
import { names } from "./names.js";
import { orderFree } from "./order-free.js";
import { owedWork } from "./owed-work.js";
import { partition } from "./partition.js";
import { pure } from "./pure.js";
import { status } from "./status.js";
import { stop } from "./stop.js";
import { updateBudget } from "./update-budget.js";
import { victims } from "./victims.js";
import type { PlanProperty } from "./violation.js";
import { wakeUps } from "./wake-ups.js";

export { type PlanCase, type PlanProperty, type Violation, violationsOf } from "./violation.js";

/** What must hold of every plan: one list for tests, simulator, explorer and kit. @public */
export const PLAN_PROPERTIES: readonly PlanProperty[] = [
  pure,
  orderFree,
  partition,
  updateBudget,
  ceiling,
  owedWork,
  floor,
  canaries,
  freeze,
  lineage,
  stop,
  victims,
  names,
  independence,
  status,
  bounded,
  wakeUps,
];
