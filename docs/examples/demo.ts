// npm run demo [-- STORY]: the stories of the user's job, step by step, with the pages that one would look at.
import { STORIES } from "./stories.js";

const [wanted] = process.argv.slice(2);
const told = STORIES.filter(({ name }) => wanted === undefined || name === wanted);

for (const { name, about, tell } of told) {
  console.log(`\n${"=".repeat(100)}\n${name}: ${about}\n${"=".repeat(100)}`);
  tell().forEach(({ title, pages }, at) => {
    console.log(`\n--- ${name}, step ${at + 1}: ${title}\n`);
    console.log(pages.join("\n\n"));
  });
}
if (told.length === 0) {
  console.error(`There is no story "${wanted}"; there is ${STORIES.map(({ name }) => name).join(", ")}.`);
  process.exitCode = 1;
}
