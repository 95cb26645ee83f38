// npm run pictures: draws the stories' timelines for the docs anew.
import { mkdirSync, writeFileSync } from "node:fs";
import { storyPicture } from "./run-story.js";
import { STORIES } from "./stories.js";

const folder = new URL("../pictures/", import.meta.url);
mkdirSync(folder, { recursive: true });
for (const story of STORIES) writeFileSync(new URL(`${story.name}.svg`, folder), storyPicture(story, 1));
