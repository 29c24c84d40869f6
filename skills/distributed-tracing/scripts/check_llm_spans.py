#!/usr/bin/env python3
"""Checks exported spans of an LLM application: whether each answer can be explained, paid for and not read by strangers.

usage: check_llm_spans.py SPANS.jsonl [--prices PRICES.tsv] [--content forbidden|allowed] [--most CALLS]
One span a line, as a collector's file exporter writes it (resourceSpans) or flat: trace_id, span_id, parent_span_id, name,
start, end, status, attributes. Names are those of OpenTelemetry's conventions for generative AI (gen_ai.*).
  orphan     the parent is not in the file             model     a call without gen_ai.response.model: an alias was paid for
  usage      a call without input or output tokens     finish    a call without gen_ai.response.finish_reasons, or cut (length)
  unnamed    a tool call without gen_ai.tool.name      error     error.type without a status of error, or the other way round
  content    messages in attributes or events          loop      more than CALLS model calls in a trace (25), or one tool call
                                                                 with the same arguments three times
  secret     something that looks like a key, an address of mail or a card number in an attribute
Printed at the end: traces, calls, tokens and, with prices (model, input, cached, output for 10^6 tokens), cost in all and of the dearest trace.
Exit 0: nothing found; 1: found, as TRACE, kind, span; 2: misuse, or no model call in the file.
"""
import argparse
import collections
import json
import re
import sys

CALLS = {"chat", "text_completion", "generate_content", "embeddings"}
CONTENT = re.compile(r"^(gen_ai\.(input\.messages|output\.messages|system_instructions|prompt|completion)|llm\.(prompts|completions)|(input|output)\.value)(\.|$)")
SECRET = re.compile(r"\b(sk|pk|ghp|xox[bp])[-_][A-Za-z0-9_-]{16,}|AKIA[0-9A-Z]{16}|\b[\w.+-]+@[\w-]+\.[a-z]{2,}\b|\b(?:\d[ -]?){15}\d\b|-----BEGIN", re.I)


def value_of(value):
    if not isinstance(value, dict):
        return value
    for kind, content in value.items():
        if kind == "arrayValue":
            return [value_of(item) for item in content.get("values", [])]
        if kind == "intValue":
            return int(content)
        return content
    return None


def spans_of(row):
    if "resourceSpans" not in row:
        yield row
        return
    for resource in row["resourceSpans"]:
        for scope in resource.get("scopeSpans", []):
            for span in scope.get("spans", []):
                yield {"trace_id": span.get("traceId"), "span_id": span.get("spanId"), "parent_span_id": span.get("parentSpanId"), "name": span.get("name"),
                       "status": {1: "ok", 2: "error", "STATUS_CODE_ERROR": "error", "STATUS_CODE_OK": "ok"}.get((span.get("status") or {}).get("code"), ""),
                       "attributes": {item["key"]: value_of(item.get("value")) for item in span.get("attributes", [])},
                       "events": [{item["key"]: value_of(item.get("value")) for item in event.get("attributes", [])} for event in span.get("events", [])]}


def findings(span, known, forbidden):
    data = span.get("attributes") or {}
    operation = data.get("gen_ai.operation.name", "")
    failed = str(span.get("status") or "").lower() == "error"
    if span.get("parent_span_id") and (span["trace_id"], span["parent_span_id"]) not in known:
        yield "orphan"
    if bool(data.get("error.type")) != failed:
        yield "error"
    if operation in CALLS and not failed:
        if not data.get("gen_ai.response.model"):
            yield "model"
        wanted = ["gen_ai.usage.input_tokens"] + (["gen_ai.usage.output_tokens"] if operation != "embeddings" else [])
        if any(not isinstance(data.get(key), (int, float)) for key in wanted):
            yield "usage"
        reasons = data.get("gen_ai.response.finish_reasons") or []
        if operation != "embeddings" and (not reasons or "length" in reasons or "max_tokens" in reasons):
            yield "finish"
    if operation == "execute_tool" and not data.get("gen_ai.tool.name"):
        yield "unnamed"
    told = [data] + [event.get("attributes", event) for event in span.get("events") or [] if isinstance(event, dict)]
    if forbidden and any(CONTENT.match(key) for part in told for key in part):
        yield "content"
    if any(SECRET.search(json.dumps(value)) for part in told for value in part.values()):
        yield "secret"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("spans")
    parser.add_argument("--prices")
    parser.add_argument("--content", choices=("forbidden", "allowed"), default="forbidden")
    parser.add_argument("--most", type=int, default=25)
    asked = parser.parse_args()
    prices = {}
    try:
        with open(asked.spans, encoding="utf-8") as file:
            spans = [span for line in file if line.strip() for span in spans_of(json.loads(line))]
        if asked.prices:
            with open(asked.prices, encoding="utf-8") as file:
                for line in file:
                    if line.strip() and not line.startswith("#"):
                        model, *each = line.rstrip("\n").split("\t")
                        if not prices and each[:1] == ["input"]:  # the names of the columns
                            continue
                        if len(each) != 3:
                            raise ValueError("%s: model, input, cached and output are wanted, with tabs: %s" % (asked.prices, line.strip()))
                        prices[model] = [float(price) / 1e6 for price in each]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        print("check_llm_spans: %s" % fault, file=sys.stderr)
        return 2
    known = {(span.get("trace_id"), span.get("span_id")) for span in spans}
    found, calls, cost, tokens = 0, collections.Counter(), collections.Counter(), 0
    same = collections.Counter()
    for span in spans:
        data, trace = span.get("attributes") or {}, span.get("trace_id")
        for kind in findings(span, known, asked.content == "forbidden"):
            found += 1
            print("%s\t%s\t%s" % (trace, kind, span.get("name")))
        if data.get("gen_ai.operation.name") in CALLS:
            calls[trace] += 1
            put, cached, out = (data.get("gen_ai.usage." + key) or 0 for key in ("input_tokens", "cache_read.input_tokens", "output_tokens"))
            tokens += put + out
            model = data.get("gen_ai.response.model")
            if prices and model not in prices and put + out:
                found += 1
                print("%s\tprice\t%s" % (trace, model))
            elif prices and model in prices:
                cost[trace] += (put - cached) * prices[model][0] + cached * prices[model][1] + out * prices[model][2]
        if data.get("gen_ai.operation.name") == "execute_tool":
            same[trace, data.get("gen_ai.tool.name"), json.dumps(data.get("gen_ai.tool.call.arguments"))] += 1
    for trace, number in calls.items():
        if number > asked.most:
            found += 1
            print("%s\tloop\t%d model calls" % (trace, number))
    for (trace, tool, arguments), number in same.items():
        if number >= 3 and arguments != "null":
            found += 1
            print("%s\tloop\t%s called %d times with the same arguments" % (trace, tool, number))
    if not calls:
        print("no model call in the file: is gen_ai.operation.name set?", file=sys.stderr)
        return 2
    dearest = max(cost, key=cost.get) if cost else None
    print("%d traces, %d model calls, %d tokens%s, %d findings" % (len({t for t, _ in known}), sum(calls.values()), tokens,
          ", %.4f, dearest %s with %.4f" % (sum(cost.values()), dearest, cost[dearest]) if cost else "", found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
