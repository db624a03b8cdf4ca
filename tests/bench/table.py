#!/usr/bin/env python3
"""Writes the results of scripts/bench as CSV and JSON.

usage: table.py RESULTS.tsv CSV JSON    where a name is "", nothing is written
"""
import csv
import json
import sys

COLUMNS = ["part", "job", "unit", "ours", "peer", "ratio", "cpu_ratio", "to_reach", "reached"]


def cell(name, text):
    if name in ("ours", "peer", "ratio", "cpu_ratio"):
        return float(text) if text else None
    return text or None


def main():
    results, csv_name, json_name = sys.argv[1:]
    with open(results, encoding="utf-8", newline="") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    if csv_name:
        with open(csv_name, "w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([COLUMNS, *rows])
    if json_name:
        with open(json_name, "w", encoding="utf-8") as file:
            json.dump([{n: cell(n, t) for n, t in zip(COLUMNS, row)} for row in rows], file,
                      ensure_ascii=False, indent=1)
            file.write("\n")


main()
