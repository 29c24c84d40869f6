// Which names a prompt rules out: one prompt a line.
#include "hook/ruled_out.h"

#include <catch2/catch.hpp>

#include <algorithm>

#include "unit/record.h"
#include "unit/registry_text.h"
#include "unit/seeded_random.h"

namespace cascade::hook {
namespace {

void check(bool expected, const std::vector<std::string>& prompts, std::string_view name = "code-review") {
  for (const std::string& prompt : prompts) {
    INFO(prompt);
    CHECK(is_ruled_out(prompt, name) == expected);
  }
}

}  // namespace

TEST_CASE("each word that says no rules out the name behind it") {
  for (const std::string negation :
       {"not",    "no",   "don't",  "dont", "never", "without", "drop",   "unload", "forget",    "disable",
        "ignore", "skip", "remove", "stop", "avoid", "except",  "cannot", "can't",  "shouldn't", "won't"}) {
    check(true, {negation + " code-review", "do it, " + negation + " use the Code-Review skill"});
    check(false, {negation, "code-review " + negation, negation + "x code-review", "x" + negation + " code-review"});
  }
  check(true, {"instead of code-review", "instead of the code-review"});
  check(false, {"instead code-review", "of code-review", "because of code-review", "code-review instead"});
}

TEST_CASE("only filler words may come between, at most seven") {
  check(true, {"don't use the code-review skill", "stop using your code-review command", "never load that code-review",
               "i do not want you to run code-review", "not about code-review again"});
  check(true, {"do not ask the code-review agent", "don't delegate this to the code-review agent",
               "without consulting your code-review agent", "never spawn an agent code-review"});
  check(false, {"do not tell the code-review agent", "the agents do not answer, ask code-review"});
  check(false, {"not sure whether code-review", "no tests, use code-review", "do not merge before code-review"});
  check(true, {"without any a an this that your our code-review"});
  check(false, {"without the any a an this that your our code-review"});
}

TEST_CASE("a clause ends the reach of a negation, the marks of code and speech do not") {
  check(true, {"not `code-review`", "not \"code-review\"", "not **code-review**", "not /code-review",
               "not @code-review", "not\ncode-review", "not\tcode-review"});
  check(false, {"no, code-review", "no. code-review", "no: code-review", "not (code-review)", "no; code-review",
                "no! code-review"});
}

TEST_CASE("a name counts as a whole only") {
  check(true,
        {"not code-review", "not code-review.", "not code-review, please", "not code-review!", "not code-review:"});
  check(false, {"not code-reviews", "not my-code-review", "not code-review_2", "not plugin:code-review",
                "not code-review:deep", "not code-review\xC3\xA9",
                "not \xC3\xA9"
                "code-review"});
  check(true, {"code-review is good, but today no code-review", "my-code-review, not code-review"});
}

TEST_CASE("a plain word is a name only where it is written like one") {
  check(true,
        {"not /review", "not `review`", "not @review", "no review skill", "don't run the review command",
         "without the review agents", "not the skill review", "skip the playbook review", "no review\n skills"},
        "review");
  check(
      false,
      {"not review", "do not review this", "no \"review\"", "no review skilled", "no review, skill", "no review-skill"},
      "review");
  for (const std::string name : {"v2", "a:b", "a_b", "code-review", "deep1"}) check(true, {"not " + name}, name);
  check(false, {"not /a"}, "a");
  check(false, {"not "}, "");
}

TEST_CASE("all names of a library are looked for as one is") {
  const Registry registry =
      test::registry_of("skill:code-review\nskill:review\nagent:linter\ncommand:swarm-stop\nskill:notes document");
  for (const char* prompt :
       {"not code-review", "no review", "instead of swarm-stop", "code-review", "the linter agent, never",
        "not the linter agent", "", ".", "not code-review and not swarm-stop", "(not) /review", "notes: not `notes`",
        "x.instead of code-review"}) {
    INFO(prompt);
    const std::vector<ManifestId> found = ruled_out_by(registry, prompt);
    CHECK(std::is_sorted(found.begin(), found.end()));
    for (std::uint32_t i = 0; i < registry.size(); ++i) {
      const ManifestView manifest = registry[ManifestId{i}];
      const bool is_found = std::find(found.begin(), found.end(), manifest.id) != found.end();
      CHECK(is_found == (!manifest.document && is_ruled_out(prompt, manifest.name)));
    }
  }
}

TEST_CASE("of a text without the names that it rules out nothing else is taken") {
  const Registry registry = test::registry_of("skill:lint\nskill:review");
  const std::vector<ManifestId> both{ManifestId{0}, ManifestId{1}};
  CHECK(without_names(registry, "lint", both) == "    ");
  CHECK(without_names(registry, "Lint the REVIEW, lint", both) == "     the       ,     ");
  CHECK(without_names(registry, "lints xlint lint-x lint_x lint:x x:lint", both) ==
        "lints xlint lint-x lint_x lint:x x:lint");
  CHECK(without_names(registry, "lint review", {ManifestId{1}}) == "lint       ");
}

// Random orders, each a line with the names that it rules out and what is left of it.
TEST_CASE("every build takes the recorded names out of random orders") {
  constexpr const char* pieces[] = {
      "not",          "no",      "don't",    "use",      "the",     "code-review", "review",      "linter",
      "agent",        "skill",   "without",  "please",   "instead", "of",          "a",           "swarm-stop",
      "v2",           "ask",     "run",      "`review`", "/review", "@linter",     "\"review\"",  "*linter*",
      "code-reviews", "do",      "stop",     "tests",    "not:",    "x",           "Code-Review", "code-review:",
      "playbook",     "command", "\xC3\xA9", "never"};
  constexpr const char* joints[] = {" ", " ", " ", " ", " ", " ", " ", ", ", ". ", "", "\n", "; ", "'", "(", ") ", ":"};
  const Registry registry =
      test::registry_of("skill:code-review\nskill:review\nagent:linter\ncommand:swarm-stop\nskill:v2\nskill:x\n");
  test::SeededRandom random{3};
  std::string record;
  for (int number = 0; number < 1'500; ++number) {
    std::string order, line;
    for (std::uint32_t left = 1 + random.below(12); left > 0; --left) {
      order += pieces[random.below(std::size(pieces))];
      order += joints[random.below(std::size(joints))];
    }
    const std::vector<ManifestId> found = ruled_out_by(registry, order);
    for (const ManifestId id : found) line += std::string(registry[id].name) + ", ";
    for (std::uint32_t i = 0; i < registry.size(); ++i)
      CHECK(is_ruled_out(order, registry[ManifestId{i}].name) ==
            (std::find(found.begin(), found.end(), ManifestId{i}) != found.end()));
    line += "| " + (found.empty() ? order : without_names(registry, order, found));
    if (found.empty() && number % 5 != 0) continue;
    std::replace(line.begin(), line.end(), '\n', '~');
    record += line + "\n";
  }
  test::check_record("hook_ruled_out.txt", record);
}

}  // namespace cascade::hook
