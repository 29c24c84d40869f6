// What recall's gate sees of prompts, and what recall learns from the labelled sets.
// bench_recall ROOT writes one line a prompt, which scripts/recall-gate fits the gate to: of the organisations whose
// writer nothing was taught from, in their own stores and in stores of few and of many facts, with prompts that are
// none of their business. Tabs separate the columns: own, other or work; organisation; whether a fact is wanted,
// whether a right one is told, the signals in the order of gate.h, the prompt on one line. The others are learned from:
// bench_recall ROOT --write writes the directions of words (facts/meaning.h, src/lib/facts/meaning_*.tsv),
// --frequencies how usual terms are (facts/terms.h).
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "facts/recall.h"
#include "lessons.h"
#include "memory/typed.h"
#include "syntax/json.h"
#include "teach.h"

namespace cascade::bench {
namespace {

bool is_right(const recall::Index& index, const recall::Answer& answer, const test::MemoryQuestion& question) {
  constexpr std::int32_t least = 64;  // below the best: not told
  return std::any_of(answer.facts.begin(), answer.facts.end(), [&](const recall::Recalled& one) {
    return one.level + least >= answer.facts.front().level && question.expect.count(index.fact(one.fact).id) != 0;
  });
}

// A prompt as it is asked in a store.
struct Asked {
  std::string_view kind;  // own, other, work
  test::MemoryQuestion question;
};

// An organisation's facts, or a few of them, and what they are asked.
struct Store {
  std::vector<recall::Fact> facts;
  std::vector<Asked> asked;
  std::vector<std::string> projects;

  void add(std::string_view kind, test::MemoryQuestion question) { asked.push_back({kind, std::move(question)}); }
  void add(std::string_view kind, const std::string& prompt) {
    test::MemoryQuestion question;
    question.prompt = prompt;
    question.project = projects[asked.size() % projects.size()];
    add(kind, std::move(question));
  }
};

// Numbers that look random and are the same on every machine.
class Draw {
 public:
  explicit Draw(std::uint64_t seed) : state_(seed * 2 + 1) {}
  std::size_t below(std::size_t count) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::size_t>((state_ >> 33) % count);
  }
  template <typename Item>
  void shuffle(std::vector<Item>& items) {
    for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[below(i)]);
  }

 private:
  std::uint64_t state_;
};

std::vector<std::string> wanted_of(const Organisation& organisation) {
  std::vector<std::string> prompts;
  for (const test::MemoryQuestion& one : organisation.set.questions)
    if (!one.expect.empty()) prompts.push_back(one.prompt);
  return prompts;
}

// What an organisation is asked: its own questions; those that another one's facts answer, of the next and the seventh
// after it; and ordinary work. The latter two are nearly all to be met with silence.
Store whole_of(const std::vector<const Organisation*>& all, std::size_t at, const std::vector<std::string>& work) {
  constexpr std::size_t most_of_other = 80, most_work = 60;
  Store store;
  store.facts = all[at]->set.live;
  for (const test::MemoryQuestion& one : all[at]->set.questions) {
    store.add("own", one);
    store.projects.push_back(one.project);
  }
  std::sort(store.projects.begin(), store.projects.end());
  store.projects.erase(std::unique(store.projects.begin(), store.projects.end()), store.projects.end());
  for (const std::size_t further : {1U, 7U}) {
    const std::vector<std::string> prompts = wanted_of(*all[(at + further) % all.size()]);
    for (std::size_t i = 0; i < std::min(prompts.size(), most_of_other); ++i) store.add("other", prompts[i]);
  }
  for (std::size_t i = 0; i < most_work && !work.empty(); ++i)
    store.add("work", work[(at * most_work + i) % work.size()]);
  return store;
}

// As a person types it: the text alone, whose subject the program reads.
void type(recall::Fact& fact) {
  const recall::Fact typed = memory::sentence_fact(fact.text, true);
  fact.subject = typed.subject, fact.text = typed.text;
}

// A store of `size` facts of some organisations, the first of which asks. Its own questions about other facts are
// another's.
Store some_of(const std::vector<const Organisation*>& all, std::size_t at, std::size_t size,
              const std::vector<std::string>& work, Draw& draw, bool is_typed) {
  constexpr std::size_t most_own = 60, most_silent = 6, most_further = 6;
  const test::MemorySet& set = all[at]->set;
  std::vector<recall::Fact> facts;
  for (std::size_t further = 0; further < all.size() && facts.size() < size; ++further) {
    std::vector<recall::Fact> found;
    for (recall::Fact fact : all[(at + further) % all.size()]->set.live) {
      if (fact.valid_until != 0) continue;
      fact.id += "/" + std::to_string(further);
      fact.scope = recall::Scope::project, fact.owner = "p";
      if (is_typed) type(fact);
      found.push_back(std::move(fact));
    }
    draw.shuffle(found);
    facts.insert(facts.end(), found.begin(), found.begin() + std::min(found.size(), size - facts.size()));
  }
  Store store;
  store.projects = {"p"};
  std::vector<std::string> silent, rest;
  std::vector<test::MemoryQuestion> own;
  for (const test::MemoryQuestion& one : set.questions) {
    test::MemoryQuestion asked = {"p", one.prompt, {}, {}};
    for (const std::string& id : one.expect) asked.expect.insert(id + "/0");
    const bool is_here = std::any_of(facts.begin(), facts.end(),
                                     [&](const recall::Fact& fact) { return asked.expect.count(fact.id) != 0; });
    if (is_here)
      own.push_back(std::move(asked));
    else
      (one.expect.empty() ? silent : rest).push_back(one.prompt);
  }
  std::vector<std::string> other, works = work;
  // Those whose facts are not here.
  const std::size_t away = std::min(all.size() - 1, size / 30 + 2);
  for (std::size_t further = away; further < all.size(); ++further)
    for (std::string& prompt : wanted_of(*all[(at + further) % all.size()])) other.push_back(std::move(prompt));
  draw.shuffle(own);
  for (std::size_t i = 0; i < std::min(own.size(), most_own); ++i) store.add("own", own[i]);
  const auto take = [&](std::string_view kind, std::vector<std::string>& prompts, std::size_t most) {
    draw.shuffle(prompts);
    for (std::size_t i = 0; i < std::min(prompts.size(), most); ++i) store.add(kind, prompts[i]);
  };
  const std::size_t times = size > 50 ? 5 : 1;
  take("own", silent, most_silent * times);
  take("other", rest, most_further);
  take("other", other, most_further * times);
  take("work", works, most_further * times);
  store.facts = std::move(facts);
  return store;
}

void ask(const std::string& organisation, const Store& store) {
  const auto bytes = recall::build_index(store.facts);
  const auto index = recall::Index::over(nullptr, *bytes);
  for (const auto& [kind, question] : store.asked) {
    recall::Query query;
    query.prompt = question.prompt;
    query.place.project = question.project;
    query.any_user = query.any_team = true;
    query.now = 1'800'000'000;
    query.decides = false;
    const recall::Answer answer = recall::recall(*index, query);
    const recall::Signals& s = answer.signals;
    std::printf("%s\t%s\t%d\t%d", std::string(kind).c_str(), organisation.c_str(), question.expect.empty() ? 0 : 1,
                is_right(*index, answer, question) ? 1 : 0);
    for (const std::uint32_t signal :
         {s.facts, s.words, s.general, s.best, s.share, s.exact, s.known, s.covered, s.phrases, s.others, s.elsewhere,
          s.unknown, s.unknown_special, s.from_one, s.by_subject})
      std::printf("\t%u", signal);
    for (const std::int32_t signal : {s.likeness, s.level, s.over}) std::printf("\t%d", signal);
    std::string prompt = question.prompt;
    std::replace(prompt.begin(), prompt.end(), '\n', ' ');
    std::printf("\t%s\n", prompt.c_str());
  }
}

void ask_all(const std::vector<const Organisation*>& all, const std::vector<std::string>& work) {
  struct Size {
    std::size_t facts, stores;
  };
  for (std::size_t at = 0; at < all.size(); ++at) {
    ask(all[at]->name, whole_of(all, at, work));
    Draw draw(at);
    for (const auto& [facts, stores] : {Size{1, 24}, Size{2, 12}, Size{5, 6}, Size{20, 2}, Size{150, 1}, Size{400, 1}})
      for (std::size_t i = 0; i < stores; ++i) ask(all[at]->name, some_of(all, at, facts, work, draw, i % 2 == 0));
  }
}

// Ordinary pieces of work: the prompts of the router's sets that want a manifest, every other one.
std::vector<std::string> read_work(const std::string& root) {
  std::vector<std::string> work;
  for (const char* const name :
       {"awesome-subagents", "awesome-subagents-2", "context-cascade", "my-workflow", "superpowers"}) {
    std::ifstream in(root + "/tests/corpus/routes/" + name + ".jsonl");
    for (std::string line; std::getline(in, line);) {
      const syntax::Parsed parsed = syntax::parse_json(line);
      const syntax::Node* const text = parsed.root.find("text");
      const syntax::Node* const expect = parsed.root.find("expect");
      if (text != nullptr && expect != nullptr && !expect->items.empty()) work.push_back(text->text);
    }
  }
  return work;
}

// The lines that say what the rows of a table mean.
std::string head_of(const std::string& path) {
  std::ifstream in(path);
  std::string head;
  for (std::string line; std::getline(in, line) && line.substr(0, 1) == "#";) head += line + "\n";
  return head;
}

void write(const std::string& rows, const std::string& path, std::size_t width = recall::meaning_row) {
  const std::string head = head_of(path);
  std::ofstream out(path);
  out << head;
  for (std::size_t at = 0; at < rows.size(); at += width) out << rows.substr(at, width) << '\n';
}

// How often terms occur in the facts of the organisations that may be learned from (facts/terms.h).
std::string frequencies(const std::vector<Organisation>& organisations) {
  constexpr std::uint64_t least = recall::usual_unit * 3 / 4, most = 0xFFF;
  std::map<std::uint32_t, std::uint64_t> counts;
  std::uint64_t facts = 0;
  for (const Organisation& one : organisations) {
    if (one.writer == unfitted) continue;
    const auto bytes = recall::build_index(one.set.live);
    const auto index = recall::Index::over(nullptr, *bytes);
    facts += one.set.live.size();
    for (const recall::KeyRecord& key : index->tables().keys) counts[key.key] += key.count;
  }
  std::string rows;
  for (const auto& [key, count] : counts) {
    const std::uint64_t usual = count * recall::usual_facts * recall::usual_unit / std::max<std::uint64_t>(facts, 1);
    if (usual < least) continue;
    char row[recall::frequency_row + 1];
    std::snprintf(row, sizeof row, "%08x%03x", static_cast<unsigned>(key),
                  static_cast<unsigned>(std::min(usual, most)));
    rows += row;
  }
  return rows;
}

int run(const std::string& root, std::string_view option) {
  const std::vector<Organisation> organisations = read_organisations(root);
  if (option == "--frequencies") {
    write(frequencies(organisations), root + "/src/lib/facts/term_frequencies.tsv", 14 * recall::frequency_row);
    return 0;
  }
  if (option == "--write") {
    const Taught taught =
        teach(read_lessons(organisations), [](const Organisation& one) { return one.writer != unfitted; });
    write(taught.prompts, root + "/src/lib/facts/meaning_of_prompts.tsv");
    write(taught.facts, root + "/src/lib/facts/meaning_of_facts.tsv");
    const std::string version = root + "/src/lib/facts/meaning_version.tsv", head = head_of(version);
    std::ofstream(version) << head << recall::version_of(taught.rows()) << '\n';
    return 0;
  }
  std::vector<const Organisation*> asked;
  for (const Organisation& one : organisations)
    if (one.writer == unfitted) asked.push_back(&one);
  const std::vector<std::string> work = read_work(root);
  ask_all(asked, work);
  return 0;
}

}  // namespace
}  // namespace cascade::bench

int main(int argc, char** argv) {
  const std::string_view option = argc == 3 ? argv[2] : "";
  if (argc != 2 && option != "--write" && option != "--frequencies")
    return std::fputs("usage: bench_recall ROOT [--write | --frequencies]\n", stderr), 2;
  return cascade::bench::run(argv[1], option);
}
