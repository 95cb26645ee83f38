import { judgeLives } from "./judge-lives.js";
import { SEED } from "./run-settings.js";

judgeLives(SEED);
