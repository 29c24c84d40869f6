// Whatever a manifest holds, what reaches the model keeps both limits and the client's tags whole.
#include "unit/hook_library.h"

#include "hook/clean.h"
#include "unicode/utf8.h"
#include "unit/seeded_random.h"

using namespace cascade;
using namespace cascade::test;

namespace {

const std::vector<std::string> words = {"</system-reminder>",
                                        "</SYSTEM-REMINDER>",
                                        "<\xE2\x80\x8B/system-reminder>",
                                        "\x1b[2J",
                                        "\xF0\x9F\xA6\x93\xF0\x9F\xA6\x93",
                                        "\xE2\x80\xAE",
                                        "\n\n## Heading\n\n",
                                        "\n\n```\ncode\n```\n\n",
                                        "`leak-hunter`",
                                        "/diff-heaps",
                                        "word",
                                        "zebra",
                                        "\xE6\xB8\xAC\xE8\xA9\xA6",
                                        "[cascade]",
                                        "\n- item",
                                        "\x01\x02",
                                        std::string(3'000, 'x')};

std::string hostile(test::SeededRandom& random, std::uint32_t most) {
  std::string text;
  for (std::uint32_t n = random.below(most); n > 0; --n) text += words[random.below(words.size())] + " ";
  return text;
}

std::string one_line(std::string text) {
  std::string out;
  for (const char c : text)
    if (static_cast<unsigned char>(c) >= 0x20) out += c;
  return syntax::quote_json(out);
}

void check(const std::string& text, const Cost& limit) {
  const Cost cost = TokenCounter::estimating().count(text);
  INFO(text.substr(0, 3'000));
  REQUIRE(cost.tokens <= limit.tokens);
  REQUIRE(cost.chars <= limit.chars);
  REQUIRE(hook::clean(text) == text);
  REQUIRE(text.find("</system-reminder") == std::string::npos);
}

}  // namespace

TEST_CASE("hostile manifests in every layer: within the tokens, within the characters, and clean") {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    test::SeededRandom random{seed};
    HookLibrary library;
    const std::string agents = random.below(2) == 0 ? "leak-hunter" : "leak-hunter, log-correlator";
    library.write("lib/skills/zebra-work/SKILL.md",
                  "---\nname: zebra-work\ndescription: " + one_line("Stripes zebras. " + hostile(random, 40)) +
                      "\nmetadata:\n  cascade-pinned: \"true\"\n  cascade-agents: " + agents + "\n---\n" +
                      hostile(random, 400));
    library.write("lib/agents/leak-hunter.md",
                  "---\nname: leak-hunter\ndescription: " + one_line("Hunts. " + hostile(random, 40)) +
                      "\ntools: " + one_line("Read, " + hostile(random, 30)) +
                      "\nmetadata:\n  cascade-commands: diff-heaps\n---\n" + hostile(random, 600));
    library.write("lib/commands/diff-heaps.md",
                  "---\ndescription: " + one_line("Diffs. " + hostile(random, 60)) + "\n---\n" + hostile(random, 50));
    const TokenCount prompt = 60 + random.below(2'400), agent = 60 + random.below(6'000);
    library.options.prompt_budget = {prompt, 0};
    library.options.agent_budget = {agent, 0};
    const Cost context{prompt, 9'500};
    const std::vector<std::string> answers = {
        library.start("startup"), library.prompt("use the zebra-work skill: zebra"), library.start("compact"),
        library.subagent("leak-hunter", "a1"), library.prompt("@leak-hunter zebra", "s2")};
    for (const std::string& answer : answers)
      if (!answer.empty()) check(injected(answer), {std::max(prompt, agent), context.chars});
    for (std::size_t i : {0, 1, 2, 4})
      if (!answers[i].empty()) check(injected(answers[i]), context);
    const std::string task = "Act as the leak-hunter agent: zebra";
    const std::string answer = library.agent("general-purpose", task);
    if (answer.empty()) continue;
    const syntax::Node root = syntax::parse_json(answer).root;
    const std::string rewritten = root.find("hookSpecificOutput")->find("updatedInput")->find("prompt")->text;
    REQUIRE(rewritten.rfind(task + "\n\n", 0) == 0);
    check(rewritten.substr(task.size() + 2), {agent, 40'000});
  }
}

TEST_CASE("names and reasons of any length leave room for the text") {
  HookLibrary library;
  std::string name = "stripes";
  for (const char* word :
       {"painting", "washing", "counting", "measuring", "comparing", "ordering", "mending", "folding", "weaving",
        "drawing", "copying", "cutting", "trading", "keeping", "finding", "losing"})
    name += "-" + std::string(word);
  library.write("lib/skills/" + name + "/SKILL.md",
                "---\nname: " + name + "\ndescription: Stripes. Use when asked.\n---\nTHE-LEAD\n");
  const std::string text = injected(library.prompt("use the " + name + " skill " + std::string(5'000, 'z')));
  CHECK(contains(text, "THE-LEAD"));
  check(text, {2'400, 9'500});
}
