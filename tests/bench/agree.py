#!/usr/bin/env python3
"""Compares two GeoJSON files, a feature a line each, so that nobody times different work.

usage: agree.py OURS PEER --id NAME [--first N] [--positions DEG] [--sums] [FIELD | OURS=PEER:TOLERANCE]...
  FIELD       equal in both
  TOLERANCE   relative, beside 1e-3 absolute
  --positions every position within so many degrees
  --sums      the sums over all features, not each one
  --first     only the first N features of both, in order
Ends with 1 and names the feature where they differ.
"""
import argparse
import json
import sys


def features(name, first):
    found = []
    with open(name, encoding="utf-8") as file:
        for line in file:
            text = line.strip().rstrip(",")
            if text.startswith("{") and '"Feature"' in text[:40] and not text.endswith("["):
                found.append(json.loads(text))
                if len(found) == first:
                    break
    return found


def positions(coordinates):
    if coordinates and isinstance(coordinates[0], (int, float)):
        yield coordinates[:2]
        return
    for part in coordinates:
        yield from positions(part)


def apart(a, b, tolerance):
    a, b = (list(positions(f["geometry"]["coordinates"])) for f in (a, b))
    if len(a) != len(b):
        return f"{len(a)} and {len(b)} positions"
    # Rings may begin at different vertices.
    for p in a:
        if min(max(abs(p[0] - q[0]), abs(p[1] - q[1])) for q in b) > tolerance:
            return f"nothing lies at {p}"
    return None


def differ(a, b, spec):
    name, _, rest = spec.partition("=")
    if not rest:
        return None if a[name] == b[name] else f"{name}: {a[name]} and {b[name]}"
    peer, _, tolerance = rest.partition(":")
    x, y = float(a[name]), float(b[peer])
    if abs(x - y) <= float(tolerance) * abs(x) + 1e-3:
        return None
    return f"{name} {x} and {peer} {y}"


def sums(features, specs):
    names = [name for spec in specs for name in spec]
    return {n: sum(float(f["properties"].get(n) or 0) for f in features) for n in names}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("ours")
    parser.add_argument("peer")
    parser.add_argument("--id", required=True)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--positions", type=float)
    parser.add_argument("--sums", action="store_true")
    parser.add_argument("field", nargs="*")
    args = parser.parse_intermixed_args()
    ours, peer = (features(name, args.first) for name in (args.ours, args.peer))
    if not ours or len(ours) != len(peer):
        sys.exit(f"{len(ours)} features and {len(peer)}")
    if args.sums:
        names = [(f.split("=")[0], f.split("=")[1].split(":")[0]) for f in args.field]
        a, b = sums(ours, [n[:1] for n in names]), sums(peer, [n[1:] for n in names])
        sys.exit("; ".join(filter(None, (differ(a, b, f) for f in args.field))) or 0)
    by_id = {f["properties"][args.id]: f for f in peer}
    for feature in ours:
        number = feature["properties"][args.id]
        if number not in by_id:
            sys.exit(f"feature {number} is missing in {args.peer}")
        found = [differ(feature["properties"], by_id[number]["properties"], f) for f in args.field]
        if args.positions:
            found.append(apart(feature, by_id[number], args.positions))
        if any(found):
            sys.exit(f"feature {number}: {[text for text in found if text]}")


main()
