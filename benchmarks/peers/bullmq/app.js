// The client's process; shared/driver.py tells the orders that it takes.
const readline = require("node:readline");
const { setTimeout: sleep } = require("node:timers/promises");
const { Queue } = require("bullmq");
const connection = require("./connection");

const queue = new Queue("app", { connection });
const now = () => performance.timeOrigin + performance.now();
const delay = (due) => Math.max(0, Math.ceil(due * 1000 - now()));

async function one(first, dues, ahead) {
  for (const [index, due] of dues.entries()) {
    const wait = ahead > 0 ? (due - ahead) * 1000 - now() : 0;
    if (wait > 0) await sleep(wait);
    await queue.add("handler", first + index, { delay: delay(due) });
  }
}

async function bulk(first, dues) {
  for (let at = 0; at < dues.length; at += 1000) {
    const some = dues.slice(at, at + 1000);
    await queue.addBulk(
      some.map((due, index) => ({ name: "handler", data: first + at + index, opts: { delay: delay(due) } })),
    );
  }
}

async function main() {
  await queue.waitUntilReady();
  console.log(JSON.stringify({ ready: true }));
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const [what, ...rest] = line.trim().split(" ");
    const [first, count, due, spacing, ahead] = rest.map(Number);
    const dues = Array.from({ length: count }, (_, index) => due + index * spacing);
    const start = performance.now();
    await (what === "bulk" ? bulk(first, dues) : one(first, dues, ahead));
    console.log(JSON.stringify({ seconds: (performance.now() - start) / 1000, by: "bulk" }));
  }
  process.exit(0);
}

main();
