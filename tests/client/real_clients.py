"""Which real clients a suite runs, and what it is told: those named, or all; one that is not installed is left out."""

import argparse
import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
HARNESS = os.path.join(os.path.dirname(ROOT), "shared", "harness", "clients")


def read_arguments(text, names, add=None):
    """cascade: the program, an absolute path; clients: those to run; folder: where they are installed. `add` takes the
    parser. Ends the suite as skipped where the harness is not there."""
    parser = argparse.ArgumentParser(description=text, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cascade", type=os.path.abspath)
    parser.add_argument("clients", nargs="*", metavar="CLIENT", help=" ".join(names))
    if add:
        add(parser)
    args = parser.parse_intermixed_args()
    if not os.path.isdir(HARNESS):
        print(f"skipped: {HARNESS} is not there")
        sys.exit(77)
    args.clients = args.clients or names
    args.folder = os.environ.get("CASCADE_CLIENTS") or os.path.join(ROOT, "build", "clients")
    return args


def installed(args):
    """Each client that is there, with its program."""
    sys.path.insert(0, HARNESS)
    from run import program_of  # pylint: disable=import-error,import-outside-toplevel
    for client in args.clients:
        program, reason = program_of(client, args.folder)
        if program:
            yield client, program
        else:
            print(f"skipped: {client} is not installed in {args.folder}: scripts/clients {client}" if reason else "")


def end(tried, failed):
    """77 where nothing was there to try, as CTest takes it."""
    sys.exit(77 if tried == 0 else 1 if failed else 0)
