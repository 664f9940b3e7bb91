"""A reader of trace files, written from tracetool-trace(5) alone: the second opinion on recorder and Java reader.

usage: trace_reader.py FILE [summary | frames | events]
  summary   a few lines for people
  frames    one JSON line for each frame
  events    one JSON line for each event

As a module: `for frame in frames(data)` and `for event in events(trace)`; everything is checked by assertions.
"""

import hashlib
import json
import struct
import sys
import zlib


def frames(data):
    """(offset, type, payload) of every whole frame; raises AssertionError on damage, stops at a torn end."""
    assert data[:8] == b"\x89TRC\r\n\x1a\n", "magic"
    major, minor, crc = struct.unpack("<HHI", data[8:16])
    assert (major, minor) in ((1, 0), (1, 1)) and zlib.crc32(data[:12]) == crc, "header"
    at, sequence = 16, 0
    while at + 20 <= len(data):
        sync, kind, _, _, seq, length, crc = struct.unpack("<4scBHIII", data[at : at + 20])
        assert sync == b"\xb1TB\n" and crc == zlib.crc32(data[at : at + 16]), "frame header at %d" % at
        assert seq == sequence, "sequence at %d" % at
        if at + 24 + length > len(data):
            return
        payload = data[at + 20 : at + 20 + length]
        assert struct.unpack("<I", data[at + 20 + length : at + 24 + length])[0] == zlib.crc32(payload)
        yield at, kind.decode(), payload
        at += 24 + length
        sequence += 1


def unpack_section(payload, at):
    codec, raw, stored = struct.unpack("<BxxxII", payload[at : at + 12])
    data = payload[at + 12 : at + 12 + stored]
    assert len(data) == stored
    if codec == 1:
        data = zlib.decompress(data)
    assert len(data) == raw and codec in (0, 1)
    return data, at + 12 + stored


def column(data, at, count, width, signed=False):
    code = {1: "b", 2: "h", 4: "i"}[width]
    values = struct.unpack_from("<%d%s" % (count, code if signed else code.upper()), data, at)
    return values, at + count * width


class Code:
    def __init__(self, index, record):
        (self.id, parent, self.first_line, self.flags, self.argcount, self.posonly, self.kwonly, self.code_length) = (
            struct.unpack("<QIiIIIII", record[:36])
        )
        lengths = struct.unpack("<5I", record[36:56])
        self.index, self.parent = index, parent - 1
        self.digest = record[56:72]
        at, parts = 72, []
        for length in lengths:
            parts.append(record[at : at + length])
            at += length
        assert at <= len(record)
        self.file, self.qualname, self.name = (p.decode("utf-8", "surrogatepass") for p in parts[:3])
        self.linetable = parts[3]


class Trace:
    def __init__(self, path):
        with open(path, "rb") as file:
            data = file.read()
        self.metadata, self.codes, self.threads, self.blocks, self.index, self.end = None, [], {}, [], None, None
        self.stacks, self.ended, self.failure, self.kinds_of_frames = [], [], None, []
        self.sources = {}  # file name -> size, SHA-256, bytes or None
        self.marks = []  # (blocks before it, thread, time, members)
        self.size = len(data)
        offsets, self.rows = [], []
        for offset, kind, payload in frames(data):
            self.kinds_of_frames.append(kind)
            offsets.append((kind, offset))
            assert self.end is None
            self.row = (0, 0, 0, 0)  # what the index says of the frame: subject, count, raw bytes, time
            getattr(self, "frame_" + kind)(payload)
            self.rows.append((kind, offset, *self.row))
        if self.end and self.end[2]:
            totals, threads, rows = self.index
            before = len(offsets) - 2
            assert offsets[before] == ("i", self.end[2]) and offsets[before + 1][0] == "Z"
            assert totals == [sum(b["counts"].get(k, 0) for b in self.blocks) for k in range(1, len(self.kinds) + 1)]
            assert self.end[1] == sum(totals) == sum(n for _, n in threads)
            assert sorted(threads) == sorted(self.events_by_thread().items())
            assert rows == [row for row in self.rows[:before]], "index"

    def frame_H(self, payload):
        assert self.metadata is None and not self.rows
        self.metadata = json.loads(payload)
        self.kinds = self.metadata["kinds"]
        self.arguments = {kind["name"]: kind["args"] for kind in self.kinds}

    def frame_C(self, payload):
        first, count = struct.unpack("<II", payload[:8])
        assert first == len(self.codes)
        data, end = unpack_section(payload, 8)
        assert end == len(payload)
        at = 0
        for i in range(count):
            (length,) = struct.unpack("<I", data[at : at + 4])
            self.codes.append(Code(first + i, data[at + 4 : at + 4 + length]))
            at += 4 + length
        assert at == len(data)
        self.row = (first, count, len(data), 0)

    def frame_T(self, payload):
        thread, ident, when, length = struct.unpack("<IQqI", payload[:24])
        assert 24 + length == len(payload)
        self.threads[thread] = payload[24:].decode("utf-8", "surrogatepass")
        self.row = (thread, 0, 0, when)

    def frame_F(self, payload):
        thread, when, count = struct.unpack("<IqI", payload[:16])
        cells = list(struct.iter_unpack("<II", payload[16:]))
        assert len(cells) == count and all(c < len(self.codes) for c, _ in cells)
        assert thread in self.threads
        self.row = (thread, 0, 0, when)
        self.stacks.append((thread, when, cells))
        self.blocks.append({"thread": thread, "stack": cells, "when": when, "counts": {}, "events": []})

    def frame_s(self, payload):
        size, digest, flags, length = struct.unpack("<Q32sII", payload[:48])
        name = payload[48 : 48 + length].decode("utf-8", "surrogatepass")
        assert len(payload) >= 48 + length and flags in (0, 1) and name not in self.sources
        data = None
        if flags:
            data, end = unpack_section(payload, 48 + length)
            assert end == len(payload) and len(data) == size and hashlib.sha256(data).digest() == digest
        self.sources[name] = size, digest, data
        self.row = (0, flags, size if flags else 0, 0)

    def frame_D(self, payload):
        ended = [n for (n,) in struct.iter_unpack("<I", payload[4:])]
        assert len(ended) == struct.unpack("<I", payload[:4])[0]
        self.ended += ended

    def frame_M(self, payload):
        thread, when = struct.unpack("<Iq", payload[:12])
        assert thread in self.threads
        self.row = (thread, 0, 0, when)
        self.marks.append((len(self.blocks), thread, when, json.loads(payload[12:])))

    def frame_X(self, payload):
        self.failure = json.loads(payload)["message"]

    def frame_i(self, payload):
        data, _ = unpack_section(payload, 0)
        (n,) = struct.unpack_from("<I", data)
        totals = list(struct.unpack_from("<%dQ" % n, data, 4))
        at = 4 + 8 * n
        (n,) = struct.unpack_from("<I", data, at)
        threads = list(struct.iter_unpack("<IQ", data[at + 4 : at + 4 + 12 * n]))
        at += 4 + 12 * n
        (n,) = struct.unpack_from("<I", data, at)
        columns = struct.unpack_from("<%dB%dQ%dI%dI%dI%dq" % (n, n, n, n, n, n), data, at + 4)
        kinds, *columns = (columns[i * n : i * n + n] for i in range(6))
        assert at + 4 + 29 * n == len(data)
        self.index = totals, threads, list(zip(map(chr, kinds), *columns))

    def frame_Z(self, payload):
        self.end = struct.unpack("<qQQ", payload)

    def frame_E(self, payload):
        thread, n_ops, n_codes, n_times = struct.unpack("<4I", payload[:16])
        op_w, code_w, arg_w, time_w, first, last, n = struct.unpack("<4BqqI", payload[16:40])
        assert thread in self.threads
        table = [struct.unpack("<II", payload[40 + 8 * i : 48 + 8 * i]) for i in range(n)]
        counts = dict(table)
        assert len(counts) == n
        data, at = unpack_section(payload, 40 + 8 * n)
        planes, at = unpack_section(payload, at)
        assert at == len(payload)
        ops, at = column(data, 0, n_ops, op_w, True)
        codes, at = column(data, at, n_codes, code_w)
        args = {}
        for kind, count in table:
            spec = self.kinds[kind - 1]
            if spec["name"] != "LINE":
                args[kind], at = column(data, at, count * len(spec["args"]), arg_w)
        assert at == len(data)
        times = [first]
        m = max(0, n_times - 1)
        assert len(planes) == m * time_w
        for i in range(m):
            times.append(times[-1] + sum(planes[p * m + i] << 8 * p for p in range(time_w)))
        assert n_times == 0 or times[-1] == last
        names = [None] + [k["name"] for k in self.kinds]
        line_kind = names.index("LINE") if "LINE" in names else None
        seen = dict.fromkeys(counts, 0)
        cursors = dict.fromkeys(counts, 0)
        events, code, c, t = [], None, 0, 0
        for op in ops:
            if op >= 0:
                kind, values = line_kind, [op]
            else:
                kind = (-1 - op) >> 1
                if (-1 - op) & 1:
                    code = codes[c]
                    c += 1
                    assert code < len(self.codes)
                if kind == 0:
                    continue
                width = len(self.kinds[kind - 1]["args"])
                values = args[kind][cursors[kind] : cursors[kind] + width]
                cursors[kind] += width
            when = None
            if self.kinds[kind - 1].get("timed"):
                when = times[t]
                t += 1
            seen[kind] += 1
            assert code is not None
            events.append((when, thread, names[kind], code, *values))
        assert seen == counts and c == n_codes and t == n_times
        self.row = (thread, len(events), len(data) + len(planes), first)
        self.blocks.append({"thread": thread, "counts": counts, "events": events})

    def events_by_thread(self):
        counts = {}
        for block in self.blocks:
            if block["events"]:
                counts[block["thread"]] = counts.get(block["thread"], 0) + len(block["events"])
        return counts

    def events(self):
        for block in self.blocks:
            yield from block["events"]


if __name__ == "__main__":
    trace = Trace(sys.argv[1])
    if sys.argv[2:] == ["events"]:
        for when, thread, kind, code, *args in trace.events():
            code = trace.codes[code]
            event = {"time": when, "thread": thread, "kind": kind, "code": code.index}
            event.update(zip(trace.arguments[kind], args), file=code.file, qualname=code.qualname)
            print(json.dumps(event))
    elif sys.argv[2:] == ["frames"]:
        for kind, offset, subject, count, when in trace.rows:
            print(json.dumps({"type": kind, "offset": offset, "subject": subject, "count": count, "time": when}))
    else:
        total = sum(len(b["events"]) for b in trace.blocks)
        print("%d bytes, %d events, %.3f bytes/event" % (trace.size, total, trace.size / max(1, total)))
        print("frames", "".join(trace.kinds_of_frames))
        print("codes", len(trace.codes), "threads", trace.threads, "closed", bool(trace.end), "failure", trace.failure)
        print({k["name"]: sum(b["counts"].get(i, 0) for b in trace.blocks) for i, k in enumerate(trace.kinds, 1)})
        print(trace.metadata)
