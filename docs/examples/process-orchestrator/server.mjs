// server.mjs ALLOCATION DIRECTORY: the served program. It listens at once, and answers nothing until it is let go.
import { appendFileSync } from "node:fs";
import { createServer } from "node:http";

const allocation = process.argv[2];
const startedAt = Date.now();
let isLetGo = false;
const letGo = new Promise((resolve) => {
  process.once("message", ({ settings }) => {
    isLetGo = true;
    if (settings.journal !== undefined) appendFileSync(settings.journal, `${allocation}\n`);
    resolve(settings);
    process.disconnect();
  });
});

const server = createServer(async (request, response) => {
  const { answer = "", health = 200 } = await letGo;
  const isCheck = request.url === "/health";
  response.writeHead(isCheck ? health : 200, { connection: "close" });
  response.end(isCheck ? `${allocation} ${process.pid} ${startedAt}` : answer);
});

// Who started it died before it was written down: nobody knows of it, so it must not be.
process.once("disconnect", () => isLetGo || process.exit(1));
server.listen(0, "127.0.0.1", () => {
  if (!process.connected) process.exit(1);
  process.send({ pid: process.pid, port: server.address().port, startedAt });
});
