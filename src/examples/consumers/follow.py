#!/usr/bin/env python3
"""Follows the masks and figures of a fleet into a file of JSON lines: of lines with the same key the last counts.

Killed at any time, it goes on where it was. Needs confluent_kafka (Debian: apt install python3-confluent-kafka).

    follow.py BROKERS GROUP FILE [PROPERTY=VALUE ...]

Properties are those of librdkafka: with group.instance.id=NAME, who is started again goes on at once, and not when the
broker has given up on who was killed.
"""

import base64
import json
import sys

from confluent_kafka import Consumer, KafkaException


def known_lines(path):
    """What the file says, by key; its last line, which may be torn, is taken off."""
    known = {}
    with open(path, "a+b") as file:
        file.seek(0)
        text = file.read()
        whole = text[: text.rfind(b"\n") + 1]
        file.truncate(len(whole))
    for line in whole.splitlines():
        told = json.loads(line)
        known[told["key"]] = told
    return known


def unpacked(packed):
    """Bits of weights in C order: the first is in the highest bit of the first byte."""
    return [byte >> (7 - bit) & 1 for byte in packed for bit in range(8)]


def mask(event):
    """A mask, and how many weights it keeps of each tensor."""
    kept = {tensor["tensor"]: tensor["kept"] for tensor in event["summary"]["tensors"]}
    for tensor in event.get("bits", []):  # else it is the artifact called digest
        if sum(unpacked(base64.b64decode(tensor["bits"]))) != kept[tensor["name"]]:
            raise ValueError(f"expected as many bits as weights are kept, got {event}")
    return {"key": event["task"], "digest": event["summary"]["digest"], "kept": kept}


def sample(event):
    return {"key": f"{event['task']} {event['step']}", "attempt": event["attempt"], "values": event["values"]}


FORMS = {
    b"dev.espalier.mask.published.v1": mask,
    b"dev.espalier.metric.sampled.v1": sample,
}  # other types are new to this program, or no events


def follow(consumer, path):
    known = known_lines(path)
    with open(path, "a", encoding="utf-8") as file:
        while True:
            messages = consumer.consume(500, timeout=1)
            for message in messages:
                if message.error():
                    if message.error().fatal():
                        raise KafkaException(message.error())
                    continue  # it is tried again
                form = FORMS.get(dict(message.headers() or []).get("ce_type"))
                if form is None:
                    continue
                line = form(json.loads(message.value()))
                before = known.get(line["key"], {})
                if line != before and line.get("attempt", 0) >= before.get("attempt", 0):
                    known[line["key"]] = line
                    file.write(json.dumps(line) + "\n")
            file.flush()
            if messages:
                consumer.commit()  # behind the file: what is lost is read again, and known


def main():
    brokers, group, path, *properties = sys.argv[1:]
    consumer = Consumer(
        {
            "bootstrap.servers": brokers,
            "group.id": group,
            "auto.offset.reset": "earliest",
            "enable.auto.commit": False,
            "isolation.level": "read_committed",
            **dict(pair.split("=", 1) for pair in properties),
        }
    )
    consumer.subscribe(["espalier.masks", "espalier.metrics"])
    follow(consumer, path)


if __name__ == "__main__":
    main()
