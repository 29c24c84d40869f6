// What recall's gate sees of every prompt of the labelled sets, and what recall learns from them.
// bench_recall ROOT writes one line a prompt, which scripts/recall-gate fits the gate to: with the directions of words
// (recall/meaning.h) learned from all writers but the prompt's own. Tabs separate the columns: writer, organisation,
// whether a fact is wanted, whether a right one is among the first three, the opening, the signals in the order of
// gate.h, the prompt on one line. bench_recall ROOT --write learns from all and writes src/lib/facts/meaning_*.tsv.
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <future>
#include <map>
#include <string>
#include <string_view>

#include "facts/recall.h"
#include "lessons.h"
#include "teach.h"

namespace cascade::bench {
namespace {

bool is_right(const recall::Index& index, const recall::Answer& answer, const test::MemoryQuestion& question) {
  constexpr std::int32_t least = 213;  // below the best: not told
  return std::any_of(answer.facts.begin(), answer.facts.end(), [&](const recall::Recalled& one) {
    return one.level + least >= answer.facts.front().level && question.expect.count(index.fact(one.fact).id) != 0;
  });
}

void ask(const Organisation& organisation, const recall::MeaningRows& rows) {
  const auto bytes = recall::build_index(organisation.set.live, rows);
  const auto index = recall::Index::over(nullptr, *bytes);
  for (const test::MemoryQuestion& question : organisation.set.questions) {
    recall::Query query;
    query.prompt = question.prompt;
    query.place.project = question.project;
    query.any_user = query.any_team = true;
    query.now = 1'800'000'000;
    query.decides = false;
    query.meanings = rows;
    const recall::Answer answer = recall::recall(*index, query);
    const recall::Signals& s = answer.signals;
    std::printf("%s\t%s\t%d\t%d\t%d", organisation.writer.c_str(), organisation.name.c_str(),
                question.expect.empty() ? 0 : 1, is_right(*index, answer, question) ? 1 : 0,
                static_cast<int>(s.opening));
    for (const std::uint32_t signal :
         {s.words,   s.general,         s.pointed_at, s.chat,       s.lesson,  s.compares, s.counts,
          s.place,   s.at_hand,         s.us,         s.me,         s.number,  s.best,     s.second,
          s.share,   s.exact,           s.known,      s.covered,    s.phrases, s.met,      s.elsewhere,
          s.unknown, s.unknown_special, s.from_one,   s.by_subject, s.rivals})
      std::printf("\t%u", signal);
    for (const std::int32_t signal : {s.likeness, s.likest, s.level, s.lead, s.over}) std::printf("\t%d", signal);
    std::string prompt = question.prompt;
    std::replace(prompt.begin(), prompt.end(), '\n', ' ');
    std::printf("\t%s\n", prompt.c_str());
  }
}

// The lines that say what the rows of a table mean.
std::string head_of(const std::string& path) {
  std::ifstream in(path);
  std::string head;
  for (std::string line; std::getline(in, line) && line.substr(0, 1) == "#";) head += line + "\n";
  return head;
}

void write(const std::string& rows, const std::string& path) {
  const std::string head = head_of(path);
  std::ofstream out(path);
  out << head;
  for (std::size_t at = 0; at < rows.size(); at += recall::meaning_row)
    out << rows.substr(at, recall::meaning_row) << '\n';
}

int run(const std::string& root, bool writes) {
  const std::vector<Organisation> organisations = read_organisations(root);
  const Lessons lessons = read_lessons(organisations);
  if (writes) {
    const Taught taught = teach(lessons, [](const Organisation& one) { return one.writer != unfitted; });
    write(taught.prompts, root + "/src/choose/recall/meaning_of_prompts.tsv");
    write(taught.facts, root + "/src/choose/recall/meaning_of_facts.tsv");
    const std::string version = root + "/src/choose/recall/meaning_version.tsv", head = head_of(version);
    std::ofstream(version) << head << recall::version_of(taught.rows()) << '\n';
    return 0;
  }
  std::map<std::string, std::future<Taught>> taught;
  for (const Organisation& organisation : organisations) {
    const std::string fold = organisation.fold();
    if (taught.count(fold) == 0)
      taught[fold] = std::async(std::launch::async, [&lessons, fold] {
        return teach(lessons, [&](const Organisation& one) { return one.writer != unfitted && one.fold() != fold; });
      });
  }
  std::map<std::string, Taught> known;
  for (auto& [fold, learned] : taught) known[fold] = learned.get();
  for (const Organisation& organisation : organisations) ask(organisation, known[organisation.fold()].rows());
  return 0;
}

}  // namespace
}  // namespace cascade::bench

int main(int argc, char** argv) {
  const bool writes = argc == 3 && std::string_view(argv[2]) == "--write";
  if (argc != 2 && !writes) return std::fputs("usage: bench_recall ROOT [--write]\n", stderr), 2;
  return cascade::bench::run(argv[1], writes);
}
