#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "library/library_tree.h"
#include "syntax/json.h"

namespace cascade::library {
namespace {

struct Score {
  long long expecting = 0, first = 0, prompts = 0, right = 0, loaded_wrongly = 0;
  long long idle = 0, idle_right = 0, everyday = 0, everyday_right = 0;  // prompts that need nothing
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
    score.right += number_of(*all, "right");
    score.loaded_wrongly += number_of(*all, "loaded_wrongly");
    const syntax::Node* kinds = parsed.root.find("kinds");
    REQUIRE(kinds != nullptr);
    for (const syntax::Node& kind : kinds->items) {
      const std::string name = kind.find("kind")->text;
      if (name.rfind("none ", 0) != 0) continue;
      const bool everyday = name == "none everyday";
      (everyday ? score.everyday : score.idle) += number_of(kind, "prompts");
      (everyday ? score.everyday_right : score.idle_right) += number_of(kind, "right");
    }
  }
  std::filesystem::remove_all(cache);
  return score;
}

// Two of three prompts are loaded for, twice as many as before the thresholds were chosen for a desk: of 100 that ask
// for something at most 2.5 load something else.
bool loads_are_right(const Score& score) { return score.loaded_wrongly * 1000 <= score.expecting * 25; }

long long asked_right(const Score& score) { return score.right - score.idle_right - score.everyday_right; }

std::string told(const Score& score) {
  const auto of = [](long long part, long long all) { return std::to_string(part) + " of " + std::to_string(all); };
  return std::to_string(score.first) + " first and " + of(asked_right(score), score.expecting) + " right, " +
         std::to_string(score.loaded_wrongly) + " loaded wrongly; silent for " + of(score.idle_right, score.idle) +
         " and " + of(score.everyday_right, score.everyday);
}

}  // namespace

// These prompts are among those that the router learns from: they show that no skill's way of being asked for is lost,
// not how well others' prompts are answered (learning_test.cpp).
TEST_CASE("the skill that a prompt of the routes asks for comes first") {
  const Score score = score_of({"routes.jsonl"});
  INFO(score.first << " of " << score.expecting << " first, " << score.loaded_wrongly << " loaded wrongly");
  CHECK(score.expecting == 774);
  CHECK(score.first * 100 >= score.expecting * 90);
  CHECK(score.loaded_wrongly == 0);
}

// Four writers who saw names and descriptions alone; the first three know the older 263 manifests, the fourth the newer
// ones. Nothing was fitted to these prompts. docs/routing.md has the figures. 38 everyday prompts are answers since the
// library has their subjects (queries, data frames, Dockerfiles, screens and components, units, environments); for
// small requests near these (one Excel formula) it offers more often than before.
TEST_CASE("prompts that nothing was fitted to are answered") {
  const Score score =
      score_of({"held-out/t1.prompts", "held-out/t2.prompts", "held-out/t3.prompts", "held-out/t4.prompts"});
  INFO(told(score));
  CHECK(score.prompts == 1034);
  CHECK(score.first * 100 >= score.expecting * 85);
  CHECK(asked_right(score) * 100 >= score.expecting * 84);
  CHECK(score.loaded_wrongly * 100 <= score.expecting * 3);
  CHECK(score.idle_right * 100 >= score.idle * 92);
  CHECK(score.everyday_right * 100 >= score.everyday * 85);
}

// Languages, test data, skills, hooks and servers for agents: by the writer of their lessons, put aside before the
// first table that knew them, which had 29 of 39 first. The second half of the lessons was written after its misses
// were read. Since prompts teach about agents, too, one of them takes a prompt.
TEST_CASE("prompts for languages, test data and agents' tools that were put aside are answered") {
  const Score score = score_of({"held-out/t6.prompts"});
  INFO(score.first << " first of " << score.expecting << ", " << score.loaded_wrongly << " loaded wrongly");
  CHECK(score.expecting == 39);
  CHECK(score.first * 100 >= score.expecting * 79);
  CHECK(score.loaded_wrongly <= 1);
}

// The library has nothing for most of these (machine learning, data engineering, firmware, mobile, migration,
// documentation); what it has since been given, 32 of both files, names its answer. The nearest manifest may be
// offered; to load it would be wrong.
TEST_CASE("where a domain is missing, its neighbours are offered and not loaded") {
  const Score score = score_of({"held-out/unwritten.prompts"});
  INFO(score.loaded_wrongly << " of " << score.prompts << " loaded");
  CHECK(score.prompts == 60);
  CHECK(score.loaded_wrongly <= 1);
}

// The same by another writer, who had read the library, put aside before they were measured: none was loaded, 48 met
// silence.
TEST_CASE("sixty further prompts of missing domains load nothing either") {
  const Score score = score_of({"held-out/unwritten-2.prompts"});
  INFO(score.loaded_wrongly << " of " << score.prompts << " loaded");
  CHECK(score.prompts == 60);
  CHECK(score.loaded_wrongly <= 1);
}

// Written by one of us before the dictionary of these languages was, by the same person; looked at as sums only.
TEST_CASE("prompts in ten languages that were put aside before their dictionary was written are answered") {
  const Score score = score_of({"held-out/t5.prompts"});
  const long long idle_right = score.idle_right + score.everyday_right;
  INFO(score.first << " first and " << score.right - idle_right << " right of " << score.expecting << ", "
                   << score.loaded_wrongly << " loaded wrongly; silent for " << idle_right << " of "
                   << score.idle + score.everyday);
  CHECK(score.prompts == 150);
  CHECK(score.first * 100 >= score.expecting * 80);
  CHECK((score.right - idle_right) * 100 >= score.expecting * 78);
  CHECK(score.loaded_wrongly * 100 <= score.expecting * 3);
  CHECK(idle_right * 100 >= (score.idle + score.everyday) * 88);
}

// By a writer who had not seen the dictionary; 32 of 60 came first before rows were added
// (docs/measurements.md).
TEST_CASE("prompts in ten languages of a writer who did not know the dictionary are answered") {
  const Score score = score_of({"held-out/t7.prompts"});
  const long long idle_right = score.idle_right + score.everyday_right;
  INFO(score.first << " first of " << score.expecting << ", " << score.loaded_wrongly << " loaded wrongly; silent for "
                   << idle_right << " of " << score.idle + score.everyday);
  CHECK(score.prompts == 80);
  CHECK(score.first * 100 >= score.expecting * 70);
  CHECK(score.loaded_wrongly <= 1);
  CHECK(idle_right * 100 >= (score.idle + score.everyday) * 92);
}

// Names drawn by lot from the whole library, by writers who had seen no router output.
// docs/measurements.md says what came first before their misses were read. Eleven everyday ones became answers when the
// library got their subjects.
TEST_CASE("fresh writers' prompts for manifests drawn by lot are answered") {
  const Score score = score_of({"held-out/t8.prompts", "held-out/t9.prompts", "held-out/t10.prompts"});
  INFO(told(score));
  CHECK(score.prompts == 668);
  CHECK(score.first * 100 >= score.expecting * 85);
  CHECK(asked_right(score) * 100 >= score.expecting * 84);
  CHECK(loads_are_right(score));
  CHECK(score.idle_right * 100 >= score.idle * 92);
  CHECK(score.everyday_right * 100 >= score.everyday * 90);
}

// Half in English, half in ten other languages (the third file in these alone); docs/measurements.md has
// what each gave before its misses were read. Two everyday ones became answers when the library got their subjects.
TEST_CASE("fresh prompts in English and ten other languages are answered") {
  const Score score = score_of({"held-out/t12.prompts", "held-out/t13.prompts", "held-out/t14.prompts"});
  INFO(told(score));
  CHECK(score.expecting == 482);
  CHECK(score.first * 100 >= score.expecting * 80);
  CHECK(asked_right(score) * 100 >= score.expecting * 79);
  CHECK(loads_are_right(score));
  CHECK(score.idle_right * 100 >= score.idle * 92);
  CHECK(score.everyday_right * 100 >= score.everyday * 90);
}

// In ten languages, from names and descriptions, by the writer of the newest lessons in these;
// docs/measurements.md has what each gave before them.
TEST_CASE("fresh prompts in ten languages are answered") {
  const Score score = score_of({"held-out/t15.prompts", "held-out/t16.prompts", "held-out/t17.prompts"});
  const long long idle_right = score.idle_right + score.everyday_right;
  INFO(score.first << " first and " << score.right - idle_right << " right of " << score.expecting << ", "
                   << score.loaded_wrongly << " loaded wrongly; silent for " << idle_right << " of "
                   << score.idle + score.everyday);
  CHECK(score.expecting == 240);
  CHECK(score.first * 100 >= score.expecting * 80);
  CHECK((score.right - idle_right) * 100 >= score.expecting * 79);
  CHECK(loads_are_right(score));
  CHECK(idle_right * 100 >= (score.idle + score.everyday) * 88);
}

// The writer had seen nothing but names and descriptions; in English and ten other languages, several right answers
// each. Six everyday ones became answers when the library got their subjects.
TEST_CASE("prompts of a writer who knows only names and descriptions are answered") {
  const Score score = score_of({"held-out/t18.jsonl"});
  INFO(told(score));
  CHECK(score.expecting == 166);
  CHECK(score.first * 100 >= score.expecting * 90);
  CHECK(asked_right(score) * 100 >= score.expecting * 88);
  CHECK(score.loaded_wrongly <= 1);
  CHECK(score.idle_right * 100 >= score.idle * 88);
  CHECK(score.everyday_right * 100 >= score.everyday * 90);
}

TEST_CASE("a few words that are all a skill's own are offered it, and what only mentions them is met with silence") {
  const auto decided = [](const std::string& prompt) {
    const std::string out = answer_of("CASCADE_CACHE= '" CASCADE_BINARY "' --root . route '" + prompt + "'").out;
    return out.substr(0, out.find('\n'));
  };
  CHECK(decided("flaky test") == "offer skill:flaky-test-elimination skill:harden-test-suite");
  CHECK(decided("review my change").rfind("offer skill:risk-ranked-review", 0) == 0);
  CHECK(decided("make slides").rfind("offer skill:slide-building", 0) == 0);
  for (const char* prompt : {"the invoice page", "update the date", "run the tests", "we use docker", "merged it"})
    CHECK(prompt + (": " + decided(prompt)) == prompt + std::string(": silence"));
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

}  // namespace cascade::library
