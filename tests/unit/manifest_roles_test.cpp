// Ordinary words for somebody who does something, where their place tells that a manifest is meant.
#include "unit/manifest_text.h"

#include <catch2/catch.hpp>

#include <string>

namespace cascade {
using test::uses;

namespace {

// The body names the agent splicer and nobody else, and does not call it.
bool names_splicer(const std::string& body) { return uses(body) == "mentioned prose agent:splicer"; }

}  // namespace

TEST_CASE("a word for somebody is a name at either end of an arrow") {
  CHECK(uses("NEXT: splicer -> caulker\n") == "mentioned prose agent:splicer\nmentioned prose agent:caulker");
  CHECK(uses("- Hull: caulker \xE2\x86\x92 varnish \xE2\x86\x92 inspector\n") ==
        "mentioned prose agent:caulker\nmentioned prose agent:varnish\nmentioned prose agent:inspector");
  CHECK(names_splicer("Torn ropes (\xE2\x86\x92 Splicer). Others stay.\n"));
  CHECK(uses("```\nstart => splicer => caulker\n```\n") ==
        "mentioned prose agent:start\nmentioned prose agent:splicer\nmentioned prose agent:caulker");
  CHECK(uses("A torn splicer -> bad ropes.\n") == "");
  CHECK(uses("```sh\nmake splicer -> caulker\n```\n") == "");
}

TEST_CASE("a word for somebody is a name where an article would have to stand before a noun") {
  CHECK(uses("Run splicer first.\n") == "invoked prose agent:splicer");
  CHECK(uses("If it is torn, escalate to splicer.\n") == "invoked prose agent:splicer");
  CHECK(uses("Re-run splicer with a longer rope.\n") == "invoked prose agent:splicer");
  for (const char* line :
       {"Then it comes back to splicer.", "Coordinate the ropes with splicer.", "All ropes are checked by splicer.",
        "Look at it after splicer finishes.", "Wait if splicer reports a knot.", "Take the length from splicer's list.",
        "The mate dispatches splicer for it.", "Ready for splicer (all ropes are dry)."})
    CHECK(names_splicer(line));
  CHECK(uses("Never hand torn sails to splicer.\n") == "excluded prose agent:splicer");
  for (const char* line :
       {"Run splicer tests.", "A look at splicer tools.", "Write to splicer logs.", "Every old splicer knows.",
        "Splicer first.", "Is it a good splicer?", "Three hulls to engineer.",
        "Run user first, and error handling with order.", "npm_run splicer first."})
    CHECK(uses(line) == "");
}

TEST_CASE("a word for somebody is a name behind the article, unless people or parts of programs are called so") {
  CHECK(names_splicer("What the splicer leaves is burnt.\n"));
  CHECK(uses("What the developer, the parser and the user leave is burnt.\n") == "");
}

TEST_CASE("a word for somebody is a name before the kind that it is") {
  for (const char* line : {"It waits for a torn rope and a splicer agent.", "Each splicer subagent reports.",
                           "Several splicer agents work side by side.", "The splicer agent reports."})
    CHECK(names_splicer(line));
  CHECK(uses("A splicer agency is no agent.\n") == "");
}

TEST_CASE("a word for somebody is a name in parentheses and behind a label for those who go on") {
  CHECK(uses("Third watch (splicer, caulker and swab) is short.\n") ==
        "mentioned prose agent:splicer\nmentioned prose agent:caulker");
  CHECK(uses("**Hand off to:** splicer (torn), caulker (leaking), nobody.\n") ==
        "mentioned prose agent:splicer\nmentioned prose agent:caulker");
  CHECK(uses("next_phase: splicer | swab\n") == "mentioned prose agent:splicer\nmentioned prose agent:swab");
  CHECK(names_splicer("RECOMMEND: splicer\n"));
  CHECK(uses("Colour: splicer\n") == "");
  CHECK(uses("Torn (splicer marks are red).\n") == "");
}

TEST_CASE("a capital within a sentence makes a name of a word for somebody, and of a title that ends in one") {
  CHECK(names_splicer("Then two ropes wait for Splicer and one is cut.\n"));
  CHECK(names_splicer("Whatever the Splicer decides is done.\n"));
  CHECK(uses("Dry ropes go from Rope Splicer to Deck Inspector.\n") ==
        "mentioned prose agent:rope-splicer\nmentioned prose agent:deck-inspector");
  CHECK(uses("Call Rope Splicer when one breaks.\n") == "invoked prose agent:rope-splicer");
  CHECK(uses("## Working with Splicer\n") == "mentioned prose agent:splicer");
  CHECK(uses("All this is for the Splicer and Caulker:\n") ==
        "mentioned prose agent:splicer\nmentioned prose agent:caulker");
  for (const char* line :
       {"They want a good caulker and Splicer.", "You are the Splicer.", "You work as a Rope Splicer.",
        "Splicer comes late.", "- Splicer: ropes", "Look at the Splicer API.", "The old SPLICER is late."})
    CHECK(uses(line) == "");
}

TEST_CASE("a word for somebody takes no warning away") {
  CHECK(uses("Then the splicer rests: do NOT invoke Agent(subagent_type: \"splicer\").\n") ==
        "excluded task agent:splicer");
}

TEST_CASE("a word for somebody is short for the longer name that the text gives") {
  CHECK(uses("Spawn `rope-splicer` first.\n\nIf the splicer reports a knot, cut it.\n") ==
        "invoked backtick ?:rope-splicer\nmentioned prose agent:rope-splicer");
  CHECK(uses("Spawn `rope-splicer`; the splicer reports.\n") == "invoked backtick ?:rope-splicer");
  CHECK(uses("Spawn `rope-splicer` or `sail-splicer`.\n\nThe splicer reports, the splicer rests.\n") ==
        "invoked backtick ?:rope-splicer\ninvoked backtick ?:sail-splicer");
  CHECK(uses("Spawn `rope-splicer` and the `splicer` agent.\n\nNow the splicer reports.\n") ==
        "invoked backtick agent:rope-splicer\ninvoked backtick agent:splicer\nmentioned prose agent:splicer");
  CHECK(uses("Spawn crew:splicer or crew:rope-splicer.\n\nNow the splicer reports.\n") ==
        "invoked qualified ?:crew:splicer\ninvoked qualified ?:crew:rope-splicer\nmentioned prose agent:splicer");
  CHECK(uses("Spawn `deck-orchestrator` first.\n\nNow the orchestrator reports.\n") ==
        "invoked backtick ?:deck-orchestrator\nmentioned prose agent:orchestrator");
  CHECK(uses("Spawn `splicer-rope` first.\n\nNow the splicer reports.\n") ==
        "invoked backtick ?:splicer-rope\nmentioned prose agent:splicer");
}

}  // namespace cascade
