"""A Redis Cluster of our own: masters and replicas as real processes on free ports, and how slots move between them."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import Any

import redis
from redis.crc import key_slot

from tests.support.servers import Kind, Server, free_port
from tests.support.waiting import wait_until

SLOTS = 16_384
NODE_TIMEOUT_MS = 1_000
"""A master that is silent for so long is taken for dead; the usual 15 s would make a slow test."""


class ClusterNode(Server):
    """One server of a cluster."""

    def __init__(self, kind: Kind, node_timeout_ms: int, options: dict[str, str | int]) -> None:
        # The nodes' own connections use a second port, by default the first one plus 10,000: that may be taken.
        bus = free_port()
        super().__init__(
            kind,
            options={
                "databases": 1,
                "cluster-enabled": "yes",
                "cluster-config-file": "nodes.conf",
                "cluster-node-timeout": node_timeout_ms,
                "cluster-replica-validity-factor": 0,
                "cluster-port": bus,
                "repl-diskless-sync-delay": 0,
                **options,
            },
        )
        self.bus = bus

    @property
    def place(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self.port}"

    def call(self, *command: Any) -> Any:
        """One command to this node alone."""
        with self.client(decode_responses=True) as client:
            return client.execute_command(*command)

    def serves(self) -> list[range]:
        """The slots that it says are its own; none when it can't be asked."""
        with contextlib.suppress(redis.RedisError, OSError):
            spans = self.call("CLUSTER", "SLOTS")
            return [range(start, end + 1) for start, end, node, *_ in spans if node[1] == self.port]
        return []

    @property
    def id(self) -> str:
        """Its name in the cluster."""
        return str(self.call("CLUSTER", "MYID"))


class ClusterServers:
    """A cluster of ``masters`` with ``replicas`` each.

    :param options: further configuration of all nodes, by the server's own names.
    """

    def __init__(
        self,
        kind: Kind = "valkey",
        *,
        masters: int = 3,
        replicas: int = 1,
        node_timeout_ms: int = NODE_TIMEOUT_MS,
        options: dict[str, str | int] | None = None,
    ) -> None:
        self.nodes = [ClusterNode(kind, node_timeout_ms, options or {}) for _ in range(masters * (1 + replicas))]
        self._masters = masters

    def start(self) -> ClusterServers:
        """Start all nodes, join them, and wait until each of them knows that the cluster is whole."""
        for node in self.nodes:
            node.process.start()
        for node in self.nodes:
            node.wait_ready()
        first, masters = self.nodes[0], self.nodes[: self._masters]
        for number, node in enumerate(self.nodes):
            node.call("CLUSTER", "SET-CONFIG-EPOCH", number + 1)
        for node in self.nodes[1:]:
            first.call("CLUSTER", "MEET", "127.0.0.1", node.port, node.bus)
        for number, node in enumerate(masters):
            node.call("CLUSTER", "ADDSLOTSRANGE", *_range(number, self._masters))
        ids = [node.id for node in masters]
        wait_until(lambda: all(_known(node) == len(self.nodes) for node in self.nodes), 20, "all nodes have met")
        for number, node in enumerate(self.nodes[self._masters :]):
            node.call("CLUSTER", "REPLICATE", ids[number % self._masters])
        self.wait_whole()
        return self

    def wait_whole(self, timeout: float = 30) -> None:
        """Wait until every node that runs says that the cluster is whole, and every replica is in step."""
        wait_until(lambda: all(_whole(node) for node in self.running), timeout, "the cluster is whole")

    @property
    def running(self) -> list[ClusterNode]:
        """Nodes whose process runs."""
        return [node for node in self.nodes if node.process.running]

    @property
    def masters(self) -> list[ClusterNode]:
        """Running nodes that are masters at present."""
        return [node for node in self.running if _role(node) == "master"]

    def owner(self, slot: int, timeout: float = 10) -> ClusterNode:
        """The node that serves a slot."""
        return self.owners([slot], timeout)[0]

    def owners(self, slots: Sequence[int], timeout: float = 10) -> list[ClusterNode]:
        """The nodes that serve these slots; waits until of each one node says so of itself, and one only."""

        def claimed() -> list[ClusterNode] | None:
            claims = [(node, node.serves()) for node in self.masters]
            found = [[node for node, own in claims if any(slot in span for span in own)] for slot in slots]
            return [nodes[0] for nodes in found] if all(len(nodes) == 1 for nodes in found) else None

        nodes = wait_until(claimed, timeout, f"one node serves each of {slots}")
        assert nodes is not None
        return nodes

    def owners_of_stripes(self, namespace: str, stripes: int) -> dict[int, ClusterNode]:
        """The node of each stripe."""
        slots = [slot_of(namespace, stripe) for stripe in range(stripes)]
        return dict(enumerate(self.owners(slots)))

    def replicas(self, master: ClusterNode) -> list[ClusterNode]:
        """Running nodes that follow a master."""
        roles = {node: node.call("ROLE") for node in self.running}
        return [node for node, role in roles.items() if role[0] == "slave" and role[2] == master.port]

    def url(self, *, nodes: int = 2) -> str:
        """The store's URL, with the addresses of some nodes."""
        return "redis+cluster://" + ",".join(node.place for node in self.nodes[:nodes])

    def all_keys(self) -> dict[bytes, ClusterNode]:
        """All keys of all masters."""
        found: dict[bytes, ClusterNode] = {}
        for node in self.masters:
            with node.client() as client:
                found.update(dict.fromkeys(client.keys(), node))
        return found

    def flush(self) -> None:
        """Empty all masters."""
        for node in self.masters:
            node.call("FLUSHALL")

    def restart_dead(self) -> None:
        """Start all nodes that were killed, and wait until the cluster is whole."""
        for node in self.nodes:
            if not node.process.running:
                node.start()
        self.wait_whole()

    def close(self) -> None:
        """Kill all nodes and remove their folders."""
        for node in self.nodes:
            node.close()

    def __enter__(self) -> ClusterServers:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.close()


class SlotMove:
    """A slot on its way from one master to another, step by step, as ``valkey-cli --cluster reshard`` does it."""

    def __init__(self, cluster: ClusterServers, slot: int, target: ClusterNode | None = None) -> None:
        self.cluster = cluster
        self.slot = slot
        self.source = cluster.owner(slot)
        self.target = target or next(node for node in cluster.masters if node is not self.source)

    def begin(self) -> SlotMove:
        """From now on the source answers for what it still has, and the target for what it has got."""
        self.target.call("CLUSTER", "SETSLOT", self.slot, "IMPORTING", self.source.id)
        self.source.call("CLUSTER", "SETSLOT", self.slot, "MIGRATING", self.target.id)
        return self

    def move_keys(self, at_most: int = 1_000_000) -> int:
        """Move so many keys; answers how many went."""
        moved = 0
        with self.source.client() as client:
            while moved < at_most:
                keys = client.execute_command("CLUSTER", "GETKEYSINSLOT", self.slot, min(10, at_most - moved))
                if not keys:
                    break
                client.execute_command("MIGRATE", "127.0.0.1", self.target.port, "", 0, 5_000, "KEYS", *keys)
                moved += len(keys)
        return moved

    def end(self) -> None:
        """The slot is the target's."""
        for node in (self.target, self.source, *self.cluster.masters):
            node.call("CLUSTER", "SETSLOT", self.slot, "NODE", self.target.id)

    def finish(self) -> int:
        """Move what is left, and end it; answers how many keys went. A move that was ended already stays as it is."""
        if self.cluster.owner(self.slot) is self.target:
            return 0
        moved = self.move_keys()
        self.end()
        return moved

    def __enter__(self) -> SlotMove:
        return self.begin()

    def __exit__(self, *_: object) -> None:
        self.finish()


def slot_of(namespace: str, stripe: int) -> int:
    """The slot of a stripe's keys."""
    return int(key_slot(f"dj:1:{{{namespace}:{stripe}}}:".encode()))


def move_slot(cluster: ClusterServers, slot: int, target: ClusterNode | None = None) -> int:
    """Move a slot with all its keys; answers how many keys went."""
    return SlotMove(cluster, slot, target).begin().finish()


def _range(number: int, of: int) -> tuple[int, int]:
    return number * SLOTS // of, (number + 1) * SLOTS // of - 1


def _facts(text: str) -> dict[str, str]:
    return dict(line.split(":", 1) for line in text.splitlines() if ":" in line)


def _known(node: ClusterNode) -> int:
    return int(_facts(node.call("CLUSTER", "INFO"))["cluster_known_nodes"])


def _role(node: ClusterNode) -> str:
    with contextlib.suppress(redis.RedisError, OSError):
        return str(node.call("ROLE")[0])
    return ""


def _whole(node: ClusterNode) -> bool:
    """It sees all slots served, and follows its master if it has one."""
    facts = _facts(node.call("CLUSTER", "INFO"))
    if facts["cluster_state"] != "ok" or facts["cluster_slots_ok"] != str(SLOTS):
        return False
    role = node.call("ROLE")
    return bool(role[0] == "master" or role[3] == "connected")
