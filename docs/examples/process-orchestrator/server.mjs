// server.mjs ALLOCATION DIRECTORY: the served program. It listens at once, and answers nothing until it is let go.
import { appendFileSync } from "node:fs";
import { createServer } from "node:http";

const allocation = process.argv[2];
const { answer = "", health = 200, journal } = JSON.parse(process.env.SETTINGS ?? "{}");
const startedAt = Date.now();
let isLetGo = false;
const letGo = new Promise((resolve) => process.once("message", resolve));

letGo.then(() => {
  isLetGo = true;
  if (journal !== undefined) appendFileSync(journal, `${allocation}\n`);
  process.disconnect();
});
// Who started it died before it was written down: nobody knows of it, so it must not be.
process.once("disconnect", () => isLetGo || process.exit(1));

const server = createServer(async (request, response) => {
  await letGo;
  const isCheck = request.url === "/health";
  response.writeHead(isCheck ? health : 200, { connection: "close" });
  response.end(isCheck ? `${allocation} ${process.pid} ${startedAt}` : answer);
});
server.listen(0, "127.0.0.1", () => {
  if (process.connected) process.send({ pid: process.pid, port: server.address().port, startedAt });
});
