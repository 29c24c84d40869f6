// Facts of invented organisations and the questions of their people, with their answers (../shared, and below memory/).
// Weights and topics were fitted to these sets, so that the figures flatter; docs/measurements/memory.md says by how
// much.
#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "memory_set.h"
#include "recall/recall.h"

namespace cascade::recall {
namespace {

struct Measures {
  std::size_t asked = 0, right = 0, silent = 0, kept = 0, spoken = 0, wrong = 0;

  Measures& operator+=(const Measures& other) {
    asked += other.asked, right += other.right, silent += other.silent;
    kept += other.kept, spoken += other.spoken, wrong += other.wrong;
    return *this;
  }
};

Measures measure(const test::MemorySet& set, const Index& index) {
  Measures measures;
  for (const test::MemoryQuestion& question : set.questions) {
    Query query;
    query.prompt = question.prompt;
    query.place.project = question.project;
    query.any_user = query.any_team = true;
    query.now = 1'800'000'000;
    const Answer answer = recall(index, query);
    bool right = false;
    for (const Recalled& one : answer.facts) {
      const Fact fact = index.fact(one.fact);
      right = right || question.expect.count(fact.id) != 0;
      ++measures.spoken;
      const bool foreign = fact.scope == Scope::project && fact.owner != question.project;
      if (question.expect.count(fact.id) == 0 && (question.wrong.count(fact.id) != 0 || foreign)) ++measures.wrong;
    }
    if (question.expect.empty()) {
      ++measures.silent;
      measures.kept += answer.facts.empty() ? 1 : 0;
    } else {
      ++measures.asked;
      measures.right += right ? 1 : 0;
    }
  }
  return measures;
}

struct Writer {
  const char* name;
  std::size_t organisations;
  std::size_t right, kept;  // per cent, at the least
};

void check_writers(const char* folder, const std::vector<Writer>& writers) {
  for (const Writer& writer : writers) {
    Measures measures;
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      const std::string file = entry.path().filename().string();
      if (file.substr(0, file.find('-')) != writer.name) continue;
      ++files;
      CAPTURE(file);
      const auto set = test::read_memory_pairs(entry.path().string());
      REQUIRE(set);
      const auto bytes = build_index(set->live);
      REQUIRE(bytes);
      const auto index = Index::over(nullptr, *bytes);
      REQUIRE(index);
      measures += measure(*set, *index);
    }
    CAPTURE(writer.name, measures.right, measures.asked, measures.kept, measures.silent);
    CHECK(files == writer.organisations);
    CHECK(measures.right * 100 >= measures.asked * writer.right);
    CHECK(measures.kept * 100 >= measures.silent * writer.kept);
  }
}

}  // namespace

TEST_CASE("the right fact is among three, hardly a wrong one is spoken, and silence is kept") {
  struct Organisation {
    const char* name;
    std::size_t right, kept;  // per cent, at the least
    std::size_t wrong = 2;    // per cent of what is spoken, at most
  };
  // The first is the shared set. Few questions from lanternfish to brennholt share words with their facts. Nothing was
  // fitted to the last six but the gate's threshold, by the first four of them.
  const std::vector<Organisation> organisations = {
      {"", 92, 99},           {"halmfeld", 92, 99},   {"quillfeather", 88, 99, 3}, {"brackwater", 89, 99},
      {"osterby", 91, 99},    {"pinewick", 90, 99},   {"wells", 89, 99},           {"lanternfish", 90, 99},
      {"haldane", 92, 99},    {"skarven", 79, 99},    {"thornbury", 82, 99},       {"meridian", 86, 99},
      {"cobblegate", 84, 99}, {"kestrelby", 90, 99},  {"fenwick", 84, 99},         {"larkmoor", 86, 99, 4},
      {"wolverby", 73, 97},   {"sablewick", 93, 99},  {"vellmoor", 92, 99},        {"copperhollow", 82, 99},
      {"hollinmere", 86, 99}, {"brennholt", 79, 99},  {"kaldvik", 91, 97, 5},      {"orchardpell", 81, 97, 3},
      {"lichtspiel", 90, 98}, {"porphyr", 87, 99},    {"tannwald", 91, 99},        {"tapirhaus", 91, 99},
      {"kranwerk", 86, 99},   {"mosaikum", 86, 99},   {"saltmarsh", 86, 99},       {"tollhaus", 89, 99},
      {"velourine", 81, 98},  {"kelpwright", 69, 96}, {"thimblegate", 79, 98},     {"nordlicht", 82, 98},
      {"firnwacht", 77, 86},  {"ottavine", 74, 84}};
  std::size_t met = 0;
  for (const Organisation& organisation : organisations) {
    const std::string source = CASCADE_SOURCE_DIR, name = organisation.name;
    const std::string folder =
        name.empty() ? source + "/../shared/fixtures/memory" : source + "/tests/corpus/memory/" + name;
    const auto set = test::read_memory_set(folder);
    if (!set) {
      WARN("skipped: " << folder << " is not there");
      continue;
    }
    ++met;
    const auto bytes = build_index(set->live);
    REQUIRE(bytes);
    const auto index = Index::over(nullptr, *bytes);
    REQUIRE(index);
    const Measures measures = measure(*set, *index);
    CAPTURE(folder, measures.right, measures.asked, measures.kept, measures.silent, measures.wrong, measures.spoken);
    CHECK(measures.right * 100 >= measures.asked * organisation.right);
    CHECK(measures.kept * 100 >= measures.silent * organisation.kept);
    CHECK(measures.wrong * 100 <= measures.spoken * organisation.wrong);
  }
  CHECK(met >= organisations.size() - 1);
}

TEST_CASE("170 organisations by fifteen further writers, fitted to, are answered no worse than they were") {
  check_writers(CASCADE_SOURCE_DIR "/tests/corpus/memory/pairs", {{"a", 12, 69, 99},
                                                                  {"b", 12, 64, 99},
                                                                  {"c", 12, 58, 99},
                                                                  {"d", 12, 69, 99},
                                                                  {"e", 12, 65, 99},
                                                                  {"f", 12, 64, 99},
                                                                  {"g", 12, 66, 99},
                                                                  {"h", 12, 62, 98},
                                                                  {"i", 12, 66, 99},
                                                                  {"j", 12, 66, 99},
                                                                  {"k", 10, 67, 99},
                                                                  {"l", 10, 71, 99},
                                                                  {"m", 10, 63, 98},
                                                                  {"n", 10, 63, 98},
                                                                  {"o", 10, 64, 99}});
}

TEST_CASE("facts in another language are found by their own words") {
  std::vector<Fact> facts;
  for (const auto& [subject, text] : {std::pair("Fotos", "Fotos vom Getreide liegen in Garage, höchstens 12 MB."),
                                      std::pair("Auslieferung", "Ausgeliefert wird dienstags vor zehn Uhr."),
                                      std::pair("Mittagessen", "Die Kantine öffnet um zwölf.")}) {
    Fact fact;
    fact.id = fact.subject = subject;
    fact.text = text;
    fact.owner = "p";
    facts.push_back(fact);
  }
  const auto bytes = build_index(facts);
  REQUIRE(bytes);
  const auto index = Index::over(nullptr, *bytes);
  REQUIRE(index);
  const auto first = [&](const std::string& prompt) {
    Query query;
    query.prompt = prompt;
    query.place.project = "p";
    const Answer answer = recall(*index, query);
    return answer.facts.empty() ? std::string() : index->fact(answer.facts.front().fact).id;
  };
  CHECK(first("wo liegen die Fotos vom Getreide") == "Fotos");
  CHECK(first("wann öffnet die Kantine") == "Mittagessen");
  CHECK(first("erkläre mir Rekursion") == "");
}

}  // namespace cascade::recall
