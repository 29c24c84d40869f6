#include "cli/pages.h"
#include "cli/verbs.h"

#include <catch2/catch.hpp>

namespace cascade::cli {

TEST_CASE("a page loses its marks on the terminal") {
  CHECK(render_page("# cascade list\n\nSee [show](show.md).\n\n```\ncascade list\n\n  x\n```\n\nEnd.\n", false) ==
        "cascade list\n\nSee show.\n\n    cascade list\n\n      x\n\nEnd.\n");
  CHECK(render_page("## Examples\n", true) == "\x1b[1mExamples\x1b[0m\n");
  CHECK(render_page("#not a heading\n[x] and (y)\n", false) == "#not a heading\n[x] and (y)\n");
}

TEST_CASE("every verb has a page with its name and an example") {
  for (const Verb& verb : verbs()) {
    INFO(verb.name);
    const std::string text(page(verb.name));
    CHECK(text.find("# cascade " + std::string(verb.name)) == 0);
    CHECK(text.find("\n## Examples\n") != std::string::npos);
    CHECK(text.find("```\ncascade ") != std::string::npos);
  }
}

}  // namespace cascade::cli
