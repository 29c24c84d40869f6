#!/usr/bin/env python3
"""Asks a server what a browser would ask before a cross-origin request, and judges the answers by the rules of the Fetch standard.

usage: check_cors.py URL --origin ORIGIN [--method GET] [--header NAME]... [--credentials] [--expose NAME]... [--refused]
  --header NAME   a header that the page sets itself (content-type, authorization)
  --credentials   cookies go along (fetch with credentials: "include")
  --expose NAME   a header of the answer that the page's script reads
  --refused       the origin is a stranger: right is that nothing is granted

Sends OPTIONS if the browser would, then the request itself if its method is GET or HEAD (others would change something, and their own
answer is not judged). For a POST without a preflight OPTIONS and GET are asked in its place; one must name the origin. A stranger must
be refused by both. Vary is asked for unless the server names the same origin whoever asks.
Exit 0: as wished; 1: not, with the rule; 2: no answer.
"""
import argparse
import re
import sys
import urllib.error
import urllib.request

PLAIN_METHODS = {"GET", "HEAD", "POST"}
PLAIN_HEADERS = {"accept", "accept-language", "content-language", "range"}
PLAIN_ANSWERS = {"cache-control", "content-language", "content-length", "content-type", "expires", "last-modified", "pragma"}


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *a, **k):
        return None


def ask(method, url, headers):
    request = urllib.request.Request(url, method=method, headers=headers)
    try:
        answer = urllib.request.build_opener(Stay).open(request, timeout=20)
    except urllib.error.HTTPError as error:
        answer = error
    except (OSError, ValueError) as error:
        print(f"no answer to {method} {url}: {error}")
        sys.exit(2)
    with answer:
        return answer.status, answer.headers


def names(headers, key):
    return {word.strip().lower() for value in headers.get_all(key) or [] for word in value.split(",") if word.strip()}


def origin_fault(headers, options):
    values = headers.get_all("Access-Control-Allow-Origin") or []
    if not values:
        return "no Access-Control-Allow-Origin"
    if len(values) > 1 or "," in values[0]:
        return f"Access-Control-Allow-Origin is set twice ({', '.join(values)}): two places answer"
    value = values[0].strip()
    if value != options.origin and (value != "*" or options.credentials):
        reason = "the wildcard does not count with credentials" if value == "*" else f"it names {value}"
        return f"Access-Control-Allow-Origin: {reason}"
    if options.credentials and headers.get("Access-Control-Allow-Credentials", "").strip() != "true":
        return "Access-Control-Allow-Credentials is not `true`"
    return None


def preflight_fault(status, headers, options, own):
    if not 200 <= status < 300:
        return f"OPTIONS is answered with {status}" + (f" to {headers['Location']}" if 300 <= status < 400 and headers["Location"] else "")
    fault = origin_fault(headers, options)
    if fault:
        return "OPTIONS: " + fault
    methods, allowed = names(headers, "Access-Control-Allow-Methods"), names(headers, "Access-Control-Allow-Headers")
    any_method, any_header = ("*" in found and not options.credentials for found in (methods, allowed))
    if options.method not in PLAIN_METHODS and options.method.lower() not in methods and not any_method:
        return f"OPTIONS: Access-Control-Allow-Methods lacks {options.method}"
    for name in own:
        if name not in allowed and not (any_header and name != "authorization"):
            return f"OPTIONS: Access-Control-Allow-Headers lacks {name}"
    return None


def fixed(value, options):
    """Whether the answer is the same for a page of another origin and for a request without one."""
    others = (ask("GET", options.url, asked)[1].get("Access-Control-Allow-Origin") for asked in ({"Origin": "https://other.invalid"}, {}))
    return value == "*" or all(other == value for other in others)


def refused(options, own):
    """Neither OPTIONS nor the answer itself may name the stranger."""
    asked = {"Origin": options.origin, "Access-Control-Request-Method": options.method}
    if own:
        asked["Access-Control-Request-Headers"] = ",".join(own)
    granted = [m for m, sent in (("OPTIONS", asked), ("GET", {"Origin": options.origin}))
               if origin_fault(ask(m, options.url, sent)[1], options) is None]
    print(f"{options.origin} is granted access by {' and '.join(granted)}" if granted else f"{options.origin} is refused")
    return int(bool(granted))


def stand_in_fault(options):
    """A POST is not sent; what the server answers to OPTIONS and GET of this origin stands for it."""
    sent = {"Origin": options.origin}
    found = [origin_fault(ask(m, options.url, asked)[1], options)
             for m, asked in (("OPTIONS", {**sent, "Access-Control-Request-Method": options.method}), ("GET", sent))]
    return None if None in found else f"OPTIONS and GET, in the place of {options.method}: {found[0]}"


def answer_faults(headers, options):
    fault = origin_fault(headers, options)
    if fault:
        return [f"{options.method}: {fault}"]
    exposed, faults = names(headers, "Access-Control-Expose-Headers"), []
    for name in options.expose:
        if name not in PLAIN_ANSWERS and name not in exposed and not ("*" in exposed and not options.credentials):
            faults.append(f"{options.method}: Access-Control-Expose-Headers lacks {name}")
    if not names(headers, "Vary") & {"origin", "*"} and not fixed(headers["Access-Control-Allow-Origin"], options):
        faults.append(f"{options.method}: Vary lacks Origin, so that a cache hands this answer to other origins")
    return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("url")
    parser.add_argument("--origin", required=True)
    parser.add_argument("--method", default="GET", type=str.upper)
    parser.add_argument("--header", action="append", default=[], type=str.lower)
    parser.add_argument("--expose", action="append", default=[], type=str.lower)
    parser.add_argument("--credentials", action="store_true")
    parser.add_argument("--refused", action="store_true")
    options = parser.parse_args()
    if options.origin != "null" and not re.fullmatch(r"[a-z][a-z0-9+.-]*://[^/?#\s]+", options.origin):
        parser.error(f"{options.origin} is no origin: scheme, host and port, without a path (https://app.example.org)")
    own = sorted(set(options.header) - PLAIN_HEADERS)
    if options.refused:
        return refused(options, own)
    faults = []
    if options.method not in PLAIN_METHODS or own:
        asked = {"Origin": options.origin, "Access-Control-Request-Method": options.method}
        if own:
            asked["Access-Control-Request-Headers"] = ",".join(own)
        status, headers = ask("OPTIONS", options.url, asked)
        faults += filter(None, [preflight_fault(status, headers, options, own)])
    if options.method in {"GET", "HEAD"}:
        status, headers = ask("GET", options.url, {"Origin": options.origin})
        faults += answer_faults(headers, options)
    elif options.method in PLAIN_METHODS and not own:
        faults += filter(None, [stand_in_fault(options)])
    for fault in faults:
        print(fault)
    if not faults:
        print(f"a page of {options.origin} may send this {options.method}")
        if options.method not in {"GET", "HEAD"}:
            print(f"the answer to {options.method} itself was not asked: a page reads it only if it names the origin, too")
    return int(bool(faults))


sys.exit(main())
