// The record: what a router is built of for a small library (names, triggers, each word with its weight), and what it
// answers to a hundred prompts and why, to the last point. The library and the prompts are in
// tests/unit/route_library.txt and route_prompts.txt; some of the manifests have names that the shipped prompts teach
// about, so that their answers move when those prompts or the lexicon do.
#include <algorithm>
#include <map>
#include <sstream>

#include "hash/content_hash.h"
#include "route/build/build.h"
#include "route/learned.h"
#include "route/tables.h"
#include "source_folder.h"
#include "text/ascii.h"
#include "unit/record.h"
#include "unit/seeded_random.h"

namespace cascade::route {
namespace {

struct Shelf {
  std::map<std::string, std::string> texts;  // by path
  Registry registry = Registry::build({});
};

// The library's text. Some names are those of manifests that shipped prompts teach about; without `taught` they are
// called otherwise, so that no lesson covers them.
std::string library(bool taught) {
  std::string text = test::read_text(test::source_folder() + "/tests/unit/route_library.txt");
  const std::pair<std::string, std::string> others[] = {{"flaky-test-elimination", "unsteady-test-removal"},
                                                        {"release-readiness", "release-going"},
                                                        {"container-crash-triage", "container-exits"},
                                                        {"flake-investigator", "flake-detective"},
                                                        {"alert-tuning", "alert-quieting"},
                                                        {"rerun-flaky", "run-often"}};
  for (const auto& [name, other] : others)
    for (std::size_t at = text.find(name); !taught && at != std::string::npos; at = text.find(name, at))
      text.replace(at, name.size(), other);
  return text;
}

Shelf shelf(bool taught) {
  Shelf made;
  std::vector<Manifest> manifests;
  std::string head, text;
  const auto finish = [&] {
    std::istringstream words(head);
    std::string mark, path, word, plugin;
    words >> mark >> path;
    if (path.empty()) return;
    ManifestSource source;
    source.kind = path.rfind("agents/", 0) == 0     ? Kind::agent
                  : path.rfind("commands/", 0) == 0 ? Kind::command
                                                    : Kind::skill;
    if (source.kind == Kind::command) source.component = "commands";
    bool document = false;
    while (words >> word) {
      if (word == "document") document = true;
      if (word == "scope=user") source.scope = Scope::user;
      if (word.rfind("plugin=", 0) == 0) plugin = word.substr(7);
      if (word.rfind("root=", 0) == 0) source.root = static_cast<std::uint32_t>(word[5] - '0');
    }
    source.plugin = plugin;
    source.path = path;
    source.text = text;
    manifests.push_back(parse_manifest(source, TokenCounter::estimating()));
    manifests.back().document = document;
    made.texts[path] = text;
  };
  for (const std::string& line : test::lines_of(library(taught))) {
    if (line.rfind("=== ", 0) != 0) {
      text += line + "\n";
      continue;
    }
    finish();
    head = line;
    text.clear();
  }
  finish();
  made.registry = Registry::build(manifests);
  return made;
}

BuiltRouter built_of(const Shelf& of, const RouterOptions& options = {}) {
  const auto read = [&](const ManifestView& manifest) -> Result<FileText> {
    return FileText{of.texts.at(std::string(manifest.path)), false};
  };
  auto built = build_router(of.registry, read, options, {});
  REQUIRE(built);
  return *std::move(built);
}

std::string symbol(const Registry& registry, ManifestId id) { return to_string(symbol_of(registry[id])); }

// "Kubernetes deploy 640, helm upgrade 512": the phrases with their weights; "=" a name, "~" another name.
std::string phrases_of(const Tables& tables, const EntryRecord& entry) {
  std::string out;
  for (const PhraseRecord& phrase : tables.read(tables.phrases, entry.phrases)) {
    out += phrase.of_name == 1 ? " =" : phrase.of_name == 2 ? ", ~" : ", ";
    for (const PhraseWord& word : tables.read(tables.phrase_words, phrase.words)) {
      out += std::string(tables.read(tables.terms[word.term].text)) + " ";
      for (const std::uint32_t concept_id : tables.read(tables.word_concepts, word.concepts))
        out += "(" + std::string(tables.read(tables.concepts[concept_id].text)) + ") ";
    }
    out += std::to_string(phrase.weight);
  }
  return out;
}

// Each manifest with its phrases, and each of its words as "helm:full/strong/fields".
std::string entries_of(const Shelf& of, const Tables& tables) {
  std::map<std::uint32_t, std::map<std::string, std::string>> words;
  for (const TermRecord& term : tables.terms)
    for (const Posting& posting : tables.read(tables.postings, term.postings))
      words[posting.entry()][std::string(tables.read(term.text))] =
          std::to_string(posting.full) + "/" + std::to_string(posting.strong) + "/" + std::to_string(posting.mask());
  const Learned learned = shipped_learned();
  std::string out;
  for (std::uint32_t e = 0; e < tables.entries.size; ++e) {
    const EntryRecord& entry = tables.entries[e];
    out += symbol(of.registry, ManifestId{entry.manifest}) + phrases_of(tables, entry) + "; family " +
           std::to_string(entry.family) + ", owner " + std::to_string(entry.owner) + " believed " +
           std::to_string(entry.believed) +
           (entry.learned != 0 ? ", taught as " + std::string(learned.name(entry.learned)) : "");
    for (const TextSpan need : tables.read(tables.needs, entry.needs))
      out += ", needs " + std::string(tables.read(need));
    out += "\n   ";
    for (const auto& [word, weights] : words[e]) out += " " + word + ":" + weights;
    out += "\n";
  }
  return out;
}

// "helm rare 384 0 3": each word of the library with its rarity, class and what is known of it.
std::string words_of(const Tables& tables) {
  std::map<std::string, std::string> words;
  for (const TermRecord& term : tables.terms)
    if (term.postings.count != 0)
      words[std::string(tables.read(term.text))] = std::to_string(rarity_of(term)) + "/" +
                                                   std::to_string(term.word_class) + "/" + std::to_string(term.known) +
                                                   "/" + std::to_string(term.postings.count);
  std::string out;
  std::size_t width = 0;
  for (const auto& [word, numbers] : words) {
    const std::string shown = " " + word + ":" + numbers;
    width += shown.size();
    out += shown;
    if (width > 110) out += "\n";
    if (width > 110) width = 0;
  }
  return out + "\n";
}

// A query as a line says it, "{limit=1 kinds=agent} text".
struct Asked {
  std::string text;
  Query query;

  Asked(std::string line, const Registry& registry) {
    for (std::size_t at = line.find("\\n"); at != std::string::npos; at = line.find("\\n")) line.replace(at, 2, "\n");
    const std::size_t end = line.front() == '{' ? line.find('}') : std::string::npos;
    if (end != std::string::npos) {
      std::istringstream settings(line.substr(1, end - 1));
      for (std::string setting; settings >> setting;) {
        const std::size_t equals = setting.find('=');
        set(setting.substr(0, equals), setting.substr(equals + 1), registry);
      }
    }
    text = end == std::string::npos ? line : line.substr(end + 2);
  }

 private:
  void set(const std::string& name, const std::string& value, const Registry& registry) {
    std::istringstream values(value);
    for (std::string one; std::getline(values, one, ',');) {
      if (name == "limit") query.limit = static_cast<std::size_t>(one[0] - '0');
      if (name == "caution") query.caution = *parse_caution(one);
      if (name == "paths") query.paths.push_back(one);
      if (name == "lacking") query.lacking.push_back(one);
      if (name == "kinds") query.kinds.push_back(one == "agent" ? Kind::agent : Kind::command);
      if (name == "active") query.active.push_back(*Symbol::parse(one));
      if (name == "hidden") query.hidden.push_back(*registry.find(*Symbol::parse(one)));
      if (name == "byname") query.only_by_name.push_back(*registry.find(*Symbol::parse(one)));
    }
  }
};

template <typename T, typename Text>
std::string listed(const std::string& title, const std::vector<T>& items, Text&& text) {
  std::string out;
  for (const T& item : items) out += (out.empty() ? "\n    " + title + ": " : ", ") + text(item);
  return out;
}

std::string answer_of(const Registry& registry, const RoutingReport& report) {
  const auto name = [&](ManifestId id) { return symbol(registry, id); };
  const auto same = [](const std::string& text) { return text; };
  std::string out = std::string(to_string(report.routing.decision)) + " " + std::to_string(report.points) + " (" +
                    std::to_string(report.offer_from) + ", " + std::to_string(report.load_from) + "), lead " +
                    std::to_string(report.lead) + " (" + std::to_string(report.lead_from) + ")" +
                    (report.from_host ? ", from host" : "");
  for (const Match& match : report.routing.ranked) {
    out += "\n    " + name(match.id) + " " + std::to_string(match.score) + ":";
    for (const Evidence& one : match.evidence)
      out += " " + one.term + "@" + one.field + "=" + std::to_string(one.weight);
  }
  out += listed("signals", report.signals, [](const RoutingReport::Signal& signal) {
    return signal.name + " " + std::to_string(signal.value) + " " + std::to_string(signal.points);
  });
  out += listed("concepts", report.concepts, same);
  out += listed("read", report.repaired,
                [](const RoutingReport::Reading& reading) { return reading.written + " as " + reading.as; });
  out += listed("ruled out", report.ruled_out, same) + listed("called", report.called, name);
  out += listed("learned", report.learned,
                [](const RoutingReport::Lesson& lesson) { return lesson.part + " " + std::to_string(lesson.gain); });
  return out + "\n";
}

std::string repeated(const std::string& text, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += text;
  return out;
}

// The file's, and some that are too long for it: what a long prompt says in its middle is not read.
std::vector<std::string> prompts() {
  std::vector<std::string> lines =
      test::lines_of(test::read_text(test::source_folder() + "/tests/unit/route_prompts.txt"));
  lines.erase(lines.begin());
  const std::string filler = repeated("zeppelins fly. ", 240), task = "review my pull request. ";
  for (const std::string& long_one :
       {task + filler + filler, filler + task + filler, filler + filler + task, repeated("zeppelin ", 620) + task,
        repeated("zeppelin ", 380) + task, filler + repeated("x", 2'400) + " " + task,
        repeated("The cluster is full. ", 3) + task + repeated("The build is red. ", 3),
        repeated("The cluster is full. ", 2) + task + repeated("The build is red. ", 3)})
    lines.push_back(long_one);
  return lines;
}

std::string answers(const Shelf& of, const Router& router) {
  std::string out;
  for (const std::string& line : prompts()) {
    if (line.empty()) continue;
    Asked asked(line, of.registry);
    asked.query.text = asked.text;
    out += line.substr(0, 400) + "\n  " + answer_of(of.registry, router.explain(asked.query));
  }
  return out;
}

// Prompts of the library's and the other prompts' words, misspelt, joined, quoted and cut as people do.
class Garbler {
 public:
  explicit Garbler(std::uint64_t seed) : random_{seed} {
    for (const char* file : {"route_prompts.txt", "route_library.txt"}) {
      std::istringstream words(test::read_text(test::source_folder() + "/tests/unit/" + file));
      for (std::string word; words >> word;) words_.push_back(word);
    }
  }

  std::string prompt() {
    std::string text;
    for (std::uint32_t left = 1 + random_.below(12); left > 0; --left) {
      text += text.empty() ? "" : random_.one_in(9) ? one_of(breaks) : " ";
      text += random_.one_in(6) ? one_of(phrases) : random_.one_in(4) ? dressed(word()) : word();
    }
    return text;
  }

 private:
  static constexpr const char* breaks[] = {". ",  ", ", "; ", "? ", "\n", "\n\n", ": ",
                                           " - ", "_",  "-",  "/",  "! ", "\n- "};
  static constexpr const char* phrases[] = {"please",      "don't",
                                            "not the",     "instead of",
                                            "without",     "how do I",
                                            "what is",     "fix",
                                            "thanks",      "use the",
                                            "skill",       "agent",
                                            "run",         "bitte",
                                            "warum ist",   "el despliegue",
                                            "la base de",  "le serveur",
                                            "na rede",     "src/a.cpp:7",
                                            "`npm test`",  "#42",
                                            "C++",         "v1.2.3",
                                            "why does",    "we should",
                                            "I think",     "it fails",
                                            "never",       "only",
                                            "ok",          "p95 is 300ms",
                                            "caf\xC3\xA9", "\xE4\xB8\xBA\xE4\xBB\x80\xE4\xB9\x88",
                                            "@alice",      "/help",
                                            "k8s",         "it's",
                                            "users'",      "the the"};

  template <std::size_t count>
  std::string one_of(const char* const (&texts)[count]) {
    return texts[random_.below(count)];
  }
  std::string word() { return words_[random_.below(words_.size())]; }

  std::string dressed(std::string text) {
    const std::size_t at = random_.below(text.size());
    switch (random_.below(10)) {
      case 0: return text.erase(at, 1);
      case 1: return text.insert(at, 1, text[at]);
      case 2: return text.insert(at, 1, 'e');
      case 3: std::swap(text[at], text[text.size() - 1 - at]); return text;
      case 4: return "`" + text + "`";
      case 5: return "\"" + text + " " + word() + "\"";
      case 6: return "/" + text;
      case 7: std::transform(text.begin(), text.end(), text.begin(), letters::to_upper); return text;
      case 8: return text + word();
      default: return text.substr(0, at) + "s";
    }
  }

  test::SeededRandom random_;
  std::vector<std::string> words_;
};

}  // namespace

TEST_CASE("every build makes the recorded tables of a library") {
  const Shelf of = shelf(true);
  RouterOptions options;
  options.overlays = {{{Kind::command, "migrate"}, {"bring the schema up to date"}},
                      {{Kind::skill, "TDD Red"}, {"red first", "see it fail"}},
                      {{Kind::agent, "migrate"}, {"never"}}};
  const BuiltRouter built = built_of(of, options);
  const Tables& tables = RouterTables::tables(built.router);
  const auto mark_of = [](std::string_view bytes) {
    return std::to_string(bytes.size()) + " bytes, " + std::to_string(hash::hash_text(bytes) % 1'000'000) + "\n";
  };
  std::string names;
  for (const NameRecord& name : tables.names)
    names += " " + std::to_string(name.hash % 10'000) + ":" + std::to_string(name.entry);
  test::check_record("route_tables.txt",
                     entries_of(of, tables) + "names:" + names + "\nwords:" + words_of(tables) +
                         std::to_string(tables.repairs.size) + " words that may be misspelt\ntables: " +
                         mark_of(RouterTables::bytes(built.router)) + "notes: " + mark_of(built.notes));
}

TEST_CASE("every build gives the recorded answers, with their reasons") {
  const Shelf of = shelf(true);
  // What is taught of the very first and the very last manifest speaks for no one here.
  const Learned learned = shipped_learned();
  const auto taught = [&](std::uint32_t c) { return std::string(learned.prompt(learned.classes[c].prompts)); };
  const std::string first = taught(learned.manifests),
                    last = taught(static_cast<std::uint32_t>(learned.classes.size) - 1);
  const Router router = built_of(of).router;
  std::string more;
  for (const std::string& text : {first, last}) {
    Query query;
    query.text = text;
    more += text + "\n  " + answer_of(of.registry, router.explain(query));
  }
  test::check_record("route_answers.txt", answers(of, router) + more);
}

TEST_CASE("every build gives the recorded answers where no lesson covers the library") {
  const Shelf of = shelf(false);
  test::check_record("route_untaught_answers.txt", answers(of, built_of(of).router));
}

// One number an answer, with all its reasons.
TEST_CASE("every build gives the recorded answers to garbled prompts") {
  std::string record = "# number of the prompt, then the marks of twenty answers\n";
  for (const bool taught : {true, false}) {
    const Shelf of = shelf(taught);
    const Router router = built_of(of).router;
    Garbler garbler(taught ? 1 : 2);
    for (int number = 0; number < 1'200; ++number) {
      const std::string text = garbler.prompt();
      Query query;
      query.text = text;
      query.caution = static_cast<Caution>(number % 3);
      const RoutingReport report = router.explain(query);
      const Routing routing = router.rank(query);
      CHECK(routing.decision == report.routing.decision);
      CHECK(routing.ranked.size() == report.routing.ranked.size());
      if (number % 20 == 0) record += (number == 0 ? "" : "\n") + std::to_string(number);
      record += " " + std::to_string(hash::hash_text(text + answer_of(of.registry, report)) % 100'000);
    }
    record += "\n";
  }
  test::check_record("route_garbled_answers.txt", record);
}

}  // namespace cascade::route
