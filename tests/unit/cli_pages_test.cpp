#include "cli/arguments.h"
#include "cli/pages.h"
#include "cli/program.h"
#include "cli/verbs.h"
#include "render/help_page.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>

namespace cascade::cli {

TEST_CASE("a page loses its marks on the terminal") {
  CHECK(rendering::render_page("# cascade list\n\nSee [show](show.md).\n\n```\ncascade list\n\n  x\n```\n\nEnd.\n",
                               false, 0) == "cascade list\n\nSee show.\n\n    cascade list\n\n      x\n\nEnd.\n");
  CHECK(rendering::render_page("## Examples\n", true, 0) == "\x1b[1mExamples\x1b[0m\n");
  CHECK(rendering::render_page("#not a heading\n[x] and (y)\n", false, 0) == "#not a heading\n[x] and (y)\n");
}

TEST_CASE("every verb has a page with its name and an example") {
  for (const Verb& verb : verbs()) {
    if (verb.hidden) continue;
    INFO(verb.name);
    const std::string text(page(verb.name));
    CHECK(text.find("# cascade " + std::string(verb.name)) == 0);
    CHECK(text.find("\n## Examples\n") != std::string::npos);
    CHECK(text.find("```\ncascade ") != std::string::npos);
  }
}

TEST_CASE("a verb's page names every option that the verb has, and no other") {
  for (const Verb& verb : verbs()) {
    if (verb.hidden || verb.needs == Needs::nothing) continue;
    INFO(verb.name);
    Console console;
    REQUIRE(run_program(read_command_line({std::string(verb.name), "--list-options"}), {}, console) == Exit::yes);
    const std::string text(page(verb.name));
    std::vector<std::string> options;
    std::istringstream lines(console.answer());
    for (std::string option; std::getline(lines, option);) options.push_back(option);
    for (const std::string& option : options) {
      INFO(option);
      CHECK(text.find("`" + option) != std::string::npos);
    }
    for (std::size_t at = text.find("`--"); at != std::string::npos; at = text.find("`--", at + 1)) {
      const std::string name = text.substr(at + 1, text.find_first_of(" `=", at + 1) - at - 1);
      const auto& global = global_option_names();
      INFO(name);
      CHECK((std::find(options.begin(), options.end(), name) != options.end() ||
             std::find(global.begin(), global.end(), name) != global.end()));
    }
  }
}

TEST_CASE("the overview names every global option") {
  const std::string text(page("cascade"));
  for (const std::string_view name : global_option_names()) CHECK(text.find(name) != std::string::npos);
}

}  // namespace cascade::cli

TEST_CASE("on a terminal paragraphs and items end where it ends, and examples stay whole") {
  const std::string page =
      "One two three\nfour five.\n\n- an item that is long\n  and goes on\n- another\n\n```\na line that is longer "
      "than the terminal\n```\n";
  CHECK(cascade::rendering::render_page(page, false, 14) ==
        "One two three\nfour five.\n\n- an item that\n  is long and\n  goes on\n- another\n\n"
        "    a line that is longer than the terminal\n");
}
