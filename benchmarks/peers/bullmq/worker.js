// One worker process. Its handler writes 16 bytes, as all of them do: number, and nanoseconds since 1970.
const fs = require("node:fs");
const path = require("node:path");
const { Worker } = require("bullmq");
const connection = require("./connection");

const file = fs.openSync(path.join(process.env.PEER_FOLDER, `${process.pid}.starts`), "a");
const line = Buffer.alloc(16);

function started(number) {
  line.writeBigInt64LE(BigInt(number), 0);
  line.writeBigInt64LE(BigInt(Math.round((performance.timeOrigin + performance.now()) * 1e6)), 8);
  fs.writeSync(file, line);
}

new Worker("app", async (job) => started(job.data), {
  connection,
  concurrency: 100,
  removeOnComplete: { count: 0 },
  removeOnFail: { count: 0 },
});
