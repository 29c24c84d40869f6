#include "cli/arguments.h"
#include "cli/environment.h"
#include "cli/help.h"
#include "cli/program.h"
#include "cli/verbs.h"
#include "files/run_program.h"
#include "render/help_page.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>

namespace cascade::cli {

TEST_CASE("a page loses its marks on the terminal") {
  CHECK(rendering::render_page("# cascade list\n\nSee [show](show.md).\n\n```\ncascade list\n\n  x\n```\n\nEnd.\n",
                               false, 0) == "cascade list\n\nSee show.\n\n    cascade list\n\n      x\n\nEnd.\n");
  CHECK(rendering::render_page("One\n<!-- made by a script -->\n", false, 0) == "One\n");
  CHECK(rendering::render_page("## Examples\n", true, 0) == "\x1b[1mExamples\x1b[0m\n");
  CHECK(rendering::render_page("#not a heading\n[x] and (y)\n", false, 0) == "#not a heading\n[x] and (y)\n");
}

TEST_CASE("a link is its text, and one that only points elsewhere the command for it, or nothing") {
  const auto shown = [](const std::string& page) {
    return rendering::render_page(page + "\n", false, 0, [](std::string_view to) { return help_command("cli/", to); });
  };
  CHECK(shown("See [show](show.md) of [a\npage](../packing.md).") == "See show of a\npage.\n");
  CHECK(shown("It is read ([how](../tokens.md)).") == "It is read (how: `cascade help topic tokens`).\n");
  CHECK(shown("It is kept ([clients](../clients.md#x)).") == "It is kept (`cascade help clients`).\n");
  CHECK(shown("It was measured ([figures](../measurements.md)), so it holds.") == "It was measured, so it holds.\n");
  CHECK(shown("One.\n[What each is](../measurements.md#x). Two.") == "One.\nTwo.\n");
  CHECK(shown("One. [What it is](../tokens.md).") == "One. What it is: `cascade help topic tokens`.\n");
  CHECK(shown("[show.md](show.md) says so.") == "`cascade help show` says so.\n");
  CHECK(shown("[The verb](show.md) \u00b7 [JSON](../formats/show.md) \u00b7 [rules](../rules.md)") ==
        "The verb: `cascade help show`\n");
  CHECK(shown("![A chart](charts/x.svg)") == "");
}

TEST_CASE("a link leads to the page of its own folder") {
  CHECK(help_command("", "cli/tokens.md") == "cascade help tokens");
  CHECK(help_command("cli/", "../tokens.md#modes") == "cascade help topic tokens");
  CHECK(help_command("", "formats/sources.md") == "cascade help sources");
  CHECK(help_command("formats/", "bundle.md").empty());  // docs/bundle.md is another page
  CHECK(help_command("", "../README.md").empty());
  CHECK(help_command("", "https://example.com/guard").empty());
}

TEST_CASE("a table has its columns side by side, or an item for each row") {
  const std::string page = "| word | what it means |\n| --- | --- |\n| `a\\|b` | one two three |\n| c | four |\n";
  CHECK(rendering::render_page(page, false, 0) == "word   what it means\n`a|b`  one two three\nc      four\n");
  CHECK(rendering::render_page("| word | what it means |\n| --- | --- |\n| a | one two three four five six |\n", false,
                               30) == "word  what it means\na     one two three four five\n      six\n");
  CHECK(rendering::render_page(
            "| a client | writes | left |\n| --- | --- | --- |\n| One 1.0 | its settings | nothing |\n", false, 24) ==
        "- One 1.0\n    writes: its settings\n    left: nothing\n");
}

TEST_CASE("a verb's page shows the words that the verb takes first, and no other") {
  for (const Verb& verb : verbs()) {
    const std::vector<std::string_view> actions = actions_of(verb);
    if (actions.empty()) continue;
    INFO(verb.name);
    const std::string text(page(verb.name)), called = "\ncascade " + std::string(verb.name) + " ";
    for (const std::string_view action : actions) {
      INFO(action);
      CHECK(text.find(action) != std::string::npos);
    }
    for (std::size_t at = text.find(called); at != std::string::npos; at = text.find(called, at + 1)) {
      const std::size_t begin = at + called.size();
      const std::string word = text.substr(begin, text.find_first_of(" \n", begin) - begin);
      INFO(word);
      const bool is_word = !word.empty() && word.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos;
      CHECK((!is_word || std::ranges::find(actions, word) != actions.end()));
    }
  }
  Verb verb;
  verb.takes = "list, set NAME MODE, mark green|red or replay NAME";
  CHECK(actions_of(verb) == std::vector<std::string_view>{"list", "set", "mark", "replay"});
}

TEST_CASE("every verb has a page with its name and an example") {
  for (const Verb& verb : verbs()) {
    if (verb.is_hidden()) continue;
    INFO(verb.name);
    const std::string text(page(verb.name));
    CHECK(text.find("# cascade " + std::string(verb.name)) == 0);
    CHECK(text.find("\n## Examples\n") != std::string::npos);
    CHECK(text.find("```\ncascade ") != std::string::npos);
  }
}

// A verb that is a program of its own would take this process's place; it is asked in one of its own. Empty: it is not
// built.
std::string options_of(const Verb& verb) {
  const std::vector<std::string> words = {std::string(verb.name), "--list-options"};
  Console console;
  if (verb.run != become_own_program) {
    REQUIRE(run_program(read_command_line(words), {}, console) == Exit::yes);
    return console.answer();
  }
  const std::string program = systems_program();
  if (program.empty()) return {};
  files::ProgramCall call;
  call.words = {program, words[0], words[1]};
  call.environment = files::process_environment();
  call.milliseconds = 60'000;
  const auto run = files::run_program(call);
  REQUIRE(run);
  REQUIRE(run->exit_code == 0);
  REQUIRE(!run->output.empty());
  return run->output;
}

TEST_CASE("a verb's page names every option that the verb has, and no other") {
  for (const Verb& verb : verbs()) {
    if (verb.is_hidden() || verb.run == run_help) continue;
    INFO(verb.name);
    const std::string listed = options_of(verb), text(page(verb.name));
    if (listed.empty() && verb.run == become_own_program) continue;
    std::vector<std::string> options;
    std::istringstream lines(listed);
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
