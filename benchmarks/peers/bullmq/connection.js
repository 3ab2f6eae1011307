// The server's address, as BullMQ's client wants it.
const { hostname, port } = new URL(process.env.PEER_URL);

module.exports = { host: hostname, port: Number(port), maxRetriesPerRequest: null };
