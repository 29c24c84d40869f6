#include "cli/arguments.h"
#include "text/suggestion.h"

#include <catch2/catch.hpp>

namespace cascade::cli {
namespace {

struct Parsed {
  bool shadowed = false;
  std::optional<std::uint32_t> budget;
  std::vector<std::string> kinds, names;
  std::string prompt;
};

// Declares a verb with one option of each sort, parses, and writes what was understood, or the message.
std::string parse(const std::vector<std::string>& words, std::size_t least = 0, std::size_t most = 3) {
  Parsed parsed;
  Arguments arguments("list");
  arguments.flag("--shadowed", parsed.shadowed);
  arguments.number("--budget", parsed.budget);
  arguments.list("--kind,--kinds", parsed.kinds);
  arguments.text("--prompt", parsed.prompt);
  arguments.words("NAME", parsed.names, least, most);
  if (auto result = arguments.parse(words); !result) return result.error().message;
  std::string out;
  if (parsed.shadowed) out += "shadowed ";
  if (parsed.budget) out += "budget=" + std::to_string(*parsed.budget) + " ";
  for (const std::string& kind : parsed.kinds) out += "kind=" + kind + " ";
  if (!parsed.prompt.empty()) out += "prompt=" + parsed.prompt + " ";
  for (const std::string& name : parsed.names) out += name + " ";
  if (!out.empty()) out.pop_back();
  return out;
}

}  // namespace

TEST_CASE("options and words may be mixed") {
  CHECK(parse({"a", "--shadowed", "b", "--budget", "12"}) == "shadowed budget=12 a b");
  CHECK(parse({"--budget=12", "a"}) == "budget=12 a");
}

TEST_CASE("lists are comma separated and may be repeated") {
  CHECK(parse({"--kind", "skill,command", "--kinds", "agent", "x"}) == "kind=skill kind=command kind=agent x");
  CHECK(split_list(" a, b,,c ") == std::vector<std::string>{"a", "b", "c"});
}

TEST_CASE("an option without its value, given twice, or a switch with a value is said in our words") {
  CHECK(parse({"--budget"}) == "--budget needs a value");
  CHECK(parse({"--kind"}) == "--kind needs a value");
  CHECK(parse({"--budget", "1", "--budget", "2"}) == "--budget is given more than once");
  CHECK(parse({"--prompt", "a", "--prompt=b"}) == "--prompt is given more than once");
  CHECK(parse({"--shadowed=maybe"}) == "--shadowed takes no value");
}

TEST_CASE("a dash alone is a word, and so is all behind two dashes") {
  CHECK(parse({"-"}) == "-");
  CHECK(parse({"--", "--shadowed", "-x"}) == "--shadowed -x");
}

TEST_CASE("a text may hold anything") { CHECK(parse({"--prompt", "fix it, please"}) == "prompt=fix it, please"); }

TEST_CASE("an unknown option is misuse and names the nearest one") {
  CHECK(parse({"--shadowd"}) == "unknown option '--shadowd' of list; did you mean '--shadowed'?");
  CHECK(parse({"--frmat=json"}) == "unknown option '--frmat=json' of list; did you mean '--format'?");
  CHECK(parse({"--nothing-like-it"}) == "unknown option '--nothing-like-it' of list");
}

TEST_CASE("a number that is none is misuse") {
  CHECK(parse({"--budget", "many"}) == "--budget: needs a number, not 'many'");
  CHECK(parse({"--budget", "-1"}) == "--budget: needs a number, not '-1'");
  CHECK(parse({"--budget", "4294967296"}) == "--budget: takes at most 4294967295, not '4294967296'");
}

TEST_CASE("too few and too many words are misuse") {
  CHECK(parse({}, 1) == "list needs NAME");
  CHECK(parse({"a", "b"}, 1, 1) == "list does not take 'b'");
}

TEST_CASE("the nearest word is near") {
  const std::vector<std::string_view> verbs = {"list", "show", "search", "resolve", "validate"};
  CHECK(letters::nearest_word("lst", verbs) == "list");
  CHECK(letters::nearest_word("shwo", verbs) == "show");
  CHECK(letters::nearest_word("val", verbs) == "validate");
  CHECK(letters::nearest_word("reslove", verbs) == "resolve");
  CHECK(letters::nearest_word("bake", verbs).empty());
  CHECK(letters::nearest_word("", verbs).empty());
}

}  // namespace cascade::cli
