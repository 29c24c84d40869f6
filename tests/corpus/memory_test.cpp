// Facts of invented organisations and the questions of their people, with their answers (../shared, and below memory/).
// Weights and topics were fitted to these sets, so that the figures flatter; docs/measurements.md says by how
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

#include "facts/recall.h"
#include "memory_set.h"

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

struct Organisation {
  const char* name;
  std::size_t right, kept;  // per cent, at the least
  std::size_t wrong = 2;    // per cent of what is spoken, at most
};

// The first is the shared set. Few questions from lanternfish to brennholt share words with their facts. Nothing was
// fitted to the twenty of bench/recall/lessons.cpp that are called unfitted.
// clang-format off
const std::vector<Organisation> organisations = {
    {"", 92, 99}, {"halmfeld", 94, 99}, {"quillfeather", 92, 99, 3}, {"brackwater", 92, 99},
    {"osterby", 95, 99}, {"pinewick", 91, 99}, {"wells", 90, 98}, {"lanternfish", 92, 97},
    {"haldane", 93, 99}, {"skarven", 84, 99}, {"thornbury", 84, 97}, {"meridian", 89, 98},
    {"cobblegate", 89, 99}, {"kestrelby", 94, 99}, {"fenwick", 84, 99}, {"larkmoor", 91, 99, 4},
    {"wolverby", 86, 93}, {"sablewick", 95, 97}, {"vellmoor", 93, 97}, {"copperhollow", 88, 95},
    {"hollinmere", 92, 97}, {"brennholt", 79, 95}, {"kaldvik", 94, 98, 5}, {"orchardpell", 84, 94, 4},
    {"lichtspiel", 92, 98}, {"porphyr", 92, 96}, {"tannwald", 92, 99}, {"tapirhaus", 92, 99},
    {"kranwerk", 95, 98}, {"mosaikum", 93, 94}, {"saltmarsh", 87, 98}, {"tollhaus", 91, 98},
    {"velourine", 88, 98}, {"kelpwright", 92, 96}, {"thimblegate", 93, 98}, {"nordlicht", 90, 98},
    {"firnwacht", 93, 96}, {"ottavine", 91, 94}, {"glimmerhus", 92, 98}, {"plaskebad", 88, 98},
    {"knollhof", 82, 98}, {"lumenreef", 85, 97}, {"quillbus", 92, 97}, {"boltloan", 88, 94},
    {"larkear", 81, 96}, {"inkfern", 78, 96}, {"polarhuk", 92, 98}, {"kanalnord", 84, 98},
    {"thermikbund", 80, 98}, {"radundsaite", 84, 98}, {"steinjoch", 92, 98}, {"fernhollow", 89, 98},
    {"ambergrip", 85, 97}, {"marlstedt", 88, 98}, {"skylarder", 89, 95}, {"hailhedge", 85, 98},
    {"stadtarchivommen", 81, 98}, {"kurbelwerk", 80, 98}, {"kaldhorn", 87, 98}, {"dawnround", 88, 98},
    {"nivalis", 77, 98}, {"goldrang", 77, 98}, {"hoistwell", 91, 96}, {"gridlark", 83, 98},
    {"clearbrook", 81, 98}, {"dogear", 82, 98}, {"bremsel", 90, 95}, {"ortelia", 84, 98}, {"karoub", 87, 95},
    {"skerrywatch", 87, 98}, {"kelpnest", 89, 98}, {"larkwater", 91, 96}, {"plumbsett", 81, 98},
    {"brackenline", 88, 98}, {"kurbel", 93, 98}, {"vlies", 89, 98}, {"prufwerk", 85, 98},
    {"dachsauge", 85, 98}, {"gullnes", 93, 98}, {"frostlade", 88, 98}, {"kornkasse", 94, 96},
    {"glimmerfold", 89, 96}, {"lapmend", 91, 98}, {"hullward", 92, 96}, {"quintadena", 89, 98},
    {"eschental", 90, 98}, {"fernhollowgardens", 90, 98}, {"saltmere", 93, 98}, {"dripwell", 92, 96},
    {"joinhall", 92, 98}, {"kelderlo", 94, 98}, {"granofino", 90, 98}, {"lernhof", 91, 98},
    {"tiefwarm", 90, 98}, {"heronwake", 91, 98}, {"echobridge", 86, 98}, {"firnlauf", 85, 98},
    {"dewpane", 90, 98}, {"firnbahn", 84, 96}, {"glossarium", 84, 96}, {"klapphus", 90, 98},
    {"pelsvakt", 88, 98}, {"kickrunde", 80, 98}, {"krumenhof", 90, 98}, {"luvwerk", 87, 98},
    {"wortspeicher", 85, 96}, {"lohnwerk", 87, 93}, {"obelarium", 86, 98}, {"thornvault", 85, 98},
    {"velmoor", 93, 98}, {"kestrelaid", 88, 96}, {"lindenrest", 86, 98}, {"meadowpact", 87, 98},
    {"murmurfold", 86, 98}, {"gerustwerk", 84, 98}, {"kronwerk", 83, 96}, {"quillmere", 91, 98},
    {"velmora", 89, 94}, {"foxedleaf", 87, 98}, {"glimmerbahn", 89, 96}, {"heartspring", 79, 95},
    {"lanternpit", 80, 98}, {"lanternbar", 88, 98}, {"spruceledger", 85, 98}, {"thrushcote", 89, 98},
    {"tumblekin", 81, 92}, {"blackquare", 84, 95}, {"grauwerder", 87, 96}, {"kettlemoor", 83, 96},
    {"lindenhand", 91, 97}, {"dormello", 88, 98}, {"gratwacht", 87, 98}, {"notenspeicher", 84, 98},
    {"tonnenwerk", 85, 98}, {"brixhall", 89, 98}, {"cirruseye", 87, 98}, {"hollerby", 88, 98},
    {"keelmark", 84, 98}, {"ebonwick", 92, 98}, {"grenzbus", 91, 98}, {"kletterkiste", 85, 96},
    {"salvivo", 88, 98}, {"lindmoor", 84, 98}, {"skalbrook", 91, 98}, {"tullavie", 88, 98},
    {"vantorp", 85, 96}, {"hollowmere", 91, 98}, {"quillonpaint", 92, 98}, {"saltmarshnews", 86, 98},
    {"vennwater", 92, 98}, {"groovemere", 86, 98}, {"heronlens", 81, 96}, {"larkladle", 93, 98},
    {"sealwright", 88, 98}, {"dachundfach", 87, 98}, {"halvarbad", 90, 98}, {"lindenimme", 86, 98},
    {"perforia", 87, 98}, {"eavesmoot", 84, 96}, {"pipettorn", 78, 95}, {"velumbrio", 80, 98},
    {"weirbracken", 86, 93}, {"mjummelik", 88, 95}, {"pfennoggle", 90, 96}, {"rollandure", 85, 98},
    {"vordtskarn", 87, 96}, {"brankelith", 82, 96}, {"ondaglykor", 74, 96}, {"skolmorind", 74, 96},
    {"zwirnavel", 82, 98}, {"cindrovash", 87, 98}, {"drezhaldin", 84, 98}, {"tavrimonk", 90, 98},
    {"veskolure", 89, 98}, {"encorvaldi", 86, 96}, {"hemolindra", 90, 98}, {"kvarnstolpe", 88, 98},
    {"petunglass", 80, 94}, {"brantaloft", 81, 95}, {"phialstead", 79, 93}, {"sunthatch", 76, 98},
    {"tamwillow", 81, 91}, {"fennigrath", 81, 98}, {"kerbmarlow", 82, 96}, {"pibberwick", 86, 96},
    {"tansyloom", 86, 96},
};
// clang-format on

}  // namespace

TEST_CASE("the right fact is among three, hardly a wrong one is spoken, and silence is kept") {
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

TEST_CASE("170 organisations by fifteen further writers, fitted to, are answered as well as when they were measured") {
  check_writers(CASCADE_SOURCE_DIR "/tests/corpus/memory/pairs", {{"a", 12, 72, 95},
                                                                  {"b", 12, 68, 99},
                                                                  {"c", 12, 63, 99},
                                                                  {"d", 12, 73, 98},
                                                                  {"e", 12, 69, 97},
                                                                  {"f", 12, 66, 99},
                                                                  {"g", 12, 69, 96},
                                                                  {"h", 12, 66, 97},
                                                                  {"i", 12, 71, 97},
                                                                  {"j", 12, 69, 98},
                                                                  {"k", 10, 70, 99},
                                                                  {"l", 10, 76, 95},
                                                                  {"m", 10, 69, 95},
                                                                  {"n", 10, 66, 98},
                                                                  {"o", 10, 69, 93}});
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
