#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "library/library_tree.h"
#include "syntax/json.h"

namespace cascade::library {
namespace {

struct Score {
  long long expecting = 0, first = 0, prompts = 0, loaded_wrongly = 0;
};

long long number_of(const syntax::Node& node, const char* key) {
  const syntax::Node* value = node.find(key);
  return value == nullptr ? 0 : std::stoll("0" + value->text);
}

// Of all the prompts of some files; the index is built once.
Score score_of(const std::vector<const char*>& files) {
  std::string cache = (std::filesystem::temp_directory_path() / "cascade-prompts-XXXXXX").string();
  REQUIRE(mkdtemp(cache.data()) != nullptr);
  Score score;
  for (const char* file : files) {
    const Answer answer = answer_of("CASCADE_CACHE='" + cache + "' '" CASCADE_BINARY "' --root . eval tests/library/" +
                                    file + " --format json");
    const syntax::Parsed parsed = syntax::parse_json(answer.out);
    INFO(file << ": " << answer.out.substr(0, 400));
    const syntax::Node* all = parsed.root.find("all");
    REQUIRE(all != nullptr);
    const syntax::Node* unknown = parsed.root.find("unknown");
    REQUIRE(unknown != nullptr);
    CHECK(unknown->items.empty());
    score.expecting += number_of(*all, "expecting");
    score.first += number_of(*all, "first");
    score.prompts += number_of(*all, "prompts");
    score.loaded_wrongly += number_of(*all, "loaded_wrongly");
  }
  std::filesystem::remove_all(cache);
  return score;
}

}  // namespace

// The floors lie a few points below what was measured (docs/library-review.md), so that a change of the router that
// moves single prompts does not fail here and one that loses a skill's way of being asked for does.
TEST_CASE("the skill that a prompt of the routes asks for comes first") {
  const Score score = score_of({"routes.jsonl"});
  INFO(score.first << " of " << score.expecting << " first, " << score.loaded_wrongly << " loaded wrongly");
  CHECK(score.expecting == 228);
  CHECK(score.first * 100 >= score.expecting * 90);
  CHECK(score.loaded_wrongly == 0);
}

TEST_CASE("prompts written blind find their skill, and idle talk loads nothing") {
  const Score score = score_of({"blind-a.jsonl", "blind-b.jsonl", "blind-c.jsonl", "blind-d.jsonl", "blind-e.jsonl",
                                "blind-g.jsonl", "blind-h.jsonl", "blind-i.jsonl", "blind-j.jsonl"});
  INFO(score.first << " of " << score.expecting << " first, " << score.loaded_wrongly << " loaded wrongly");
  CHECK(score.expecting == 8 * 152 + 76);
  CHECK(score.first * 100 >= score.expecting * 88);
  CHECK(score.loaded_wrongly * 100 <= score.prompts * 5);
}

TEST_CASE("what is called by its name is loaded, whatever else the prompt says") {
  const std::string file = (std::filesystem::temp_directory_path() / "cascade-called-XXXXXX").string();
  std::string path = file;
  REQUIRE(mkdtemp(path.data()) != nullptr);
  long long asked = 0;
  {
    std::ofstream out(path + "/called.jsonl");
    for (const Manifest& manifest : manifests()) {
      const bool agent = manifest.layer == "agent", command = manifest.layer == "command";
      const std::string id = agent     ? "agent:" + manifest.name
                             : command ? "command:" + manifest.domain + ":" + manifest.name
                                       : "skill:" + manifest.name;
      const std::string call = agent     ? "@" + manifest.name + " look at the parser first"
                               : command ? "/" + manifest.name + " src/parser.cpp"
                                         : "use the " + manifest.name + " skill for the parser";
      out << R"({"text": ")" << call << R"(", "expect": [")" << id << R"("], "kind": ")" << manifest.layer << "\"}\n";
      ++asked;
    }
  }
  const Answer answer =
      answer_of("CASCADE_CACHE= '" CASCADE_BINARY "' --root . eval '" + path + "/called.jsonl' --min 100 --failures");
  std::filesystem::remove_all(path);
  INFO(answer.out);
  CHECK(asked >= 263);
  CHECK(answer.exit == 0);
}

// Neither triggers nor lexicon were ever fitted to these: f tells stories without a word of the request, k asks as most
// people would. What to improve by.
TEST_CASE("prompts that nothing was fitted to are found as often as others") {
  const Score far = score_of({"blind-f.jsonl"}), ordinary = score_of({"blind-k.jsonl"});
  INFO(far.first << " and " << ordinary.first << " of " << far.expecting << " first");
  CHECK(far.expecting == 76);
  CHECK(far.first * 100 >= far.expecting * 34);
  CHECK(ordinary.expecting == 76);
  CHECK(ordinary.first * 100 >= ordinary.expecting * 82);
  CHECK(ordinary.loaded_wrongly * 100 <= ordinary.prompts * 8);
}

}  // namespace cascade::library
