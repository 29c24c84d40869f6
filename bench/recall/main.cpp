// What recall's gate sees of every prompt of the labelled sets: bench_recall <root> writes one line a prompt, which
// scripts/recall-gate fits the gate to. Tabs separate the columns: writer, organisation, whether a fact is wanted,
// whether a right one is among the first three, the opening, the signals in the order of gate.h, the prompt.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "corpus/memory_set.h"
#include "recall/recall.h"

namespace cascade::bench {
namespace {

namespace fs = std::filesystem;

struct Writer {
  std::string name;
  std::vector<std::string> organisations;
};

// Who wrote which of the older sets. The two of "unfitted" are only ever asked.
const std::vector<Writer> writers = {
    {"first", {"halmfeld", "quillfeather", "brackwater"}},
    {"second", {"osterby", "pinewick", "wells"}},
    {"third", {"lanternfish", "haldane", "skarven", "thornbury", "meridian", "cobblegate"}},
    {"fourth", {"kestrelby", "fenwick", "larkmoor", "wolverby", "sablewick"}},
    {"fifth", {"vellmoor", "copperhollow"}},
    {"unfitted", {"hollinmere", "brennholt"}},
};

bool is_right(const recall::Index& index, const recall::Answer& answer, const test::MemoryQuestion& question) {
  constexpr std::uint64_t worst = 10;  // times worse than the best: not told
  return std::any_of(answer.facts.begin(), answer.facts.end(), [&](const recall::Recalled& one) {
    return one.score * worst >= answer.facts.front().score && question.expect.count(index.fact(one.fact).id) != 0;
  });
}

void write(const std::string& writer, const std::string& organisation, const test::MemorySet& set) {
  const auto bytes = recall::build_index(set.live);
  const auto index = recall::Index::over(nullptr, *bytes);
  for (const test::MemoryQuestion& question : set.questions) {
    recall::Query query;
    query.prompt = question.prompt;
    query.place.project = question.project;
    query.any_user = query.any_team = true;
    query.now = 1'800'000'000;
    query.gated = false;
    const recall::Answer answer = recall::recall(*index, query);
    const recall::Signals& s = answer.signals;
    std::printf("%s\t%s\t%d\t%d\t%d", writer.c_str(), organisation.c_str(), question.expect.empty() ? 0 : 1,
                is_right(*index, answer, question) ? 1 : 0, static_cast<int>(s.opening));
    for (const std::uint32_t signal :
         {s.words,    s.general,    s.pointed_at, s.chat,    s.lesson, s.compares,  s.counts,  s.place,
          s.at_hand,  s.us,         s.me,         s.number,  s.best,   s.second,    s.over,    s.share,
          s.exact,    s.known,      s.covered,    s.phrases, s.met,    s.elsewhere, s.unknown, s.unknown_special,
          s.from_one, s.by_subject, s.rivals})
      std::printf("\t%u", signal);
    std::printf("\t%s\n", question.prompt.c_str());
  }
}

int run(const fs::path& root) {
  const fs::path memory = root / "tests/corpus/memory";
  if (const auto set = test::read_memory_set((root / "../shared/fixtures/memory").string()))
    write("shared", "shared", *set);
  for (const Writer& writer : writers)
    for (const std::string& organisation : writer.organisations)
      if (const auto set = test::read_memory_set((memory / organisation).string()))
        write(writer.name, organisation, *set);
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(memory / "pairs")) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files)
    if (const auto set = test::read_memory_pairs(file.string()))
      write(file.filename().string().substr(0, 1), file.stem().string(), *set);
  return 0;
}

}  // namespace
}  // namespace cascade::bench

int main(int argc, char** argv) {
  if (argc != 2) return std::fputs("usage: bench_recall ROOT\n", stderr), 2;
  return cascade::bench::run(argv[1]);
}
