// npm run demo: the user's job, running 1.3 as a real agent reported it, and what the change to 1.4 would do.
import { planBlueGreen } from "./blue-green.js";
import { changePage, verdictTable } from "./print-plan.js";

const { input, plan } = planBlueGreen();

console.log(changePage(input.versions, plan));
console.log("\nWhat happens to each allocation, and why:\n");
console.log(verdictTable(plan));
console.log("\nWhat the rollout then waits for:\n");
for (const waiting of plan.waiting) console.log(`- ${JSON.stringify(waiting)}`);
