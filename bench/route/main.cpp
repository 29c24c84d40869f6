// bench_route [--fit|--fit-weights|--ablate|--lanes|--signals|--latency] NAME=ROOT:PROMPTS[:KINDS]...
//
// Without an option: how well the router does on each collection and on all of them.
#include "collection.h"

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace cascade::bench {
namespace {

double micros(const Collection& collection, const Query& query) {
  const auto begin = std::chrono::steady_clock::now();
  const route::Answer answer(collection.tables, query);
  const auto end = std::chrono::steady_clock::now();
  return answer.order.size() > 1'000'000 ? 0 : std::chrono::duration<double, std::micro>(end - begin).count();
}

// For each prompt the least of `times` runs.
double least(const Collection& collection, const std::string& text, int times) {
  Query query;
  query.text = text;
  query.kinds = collection.kinds;
  double best = 1e18;
  for (int i = 0; i < times; ++i) best = std::min(best, micros(collection, query));
  return best;
}

// `size` bytes of request and log, as a person pastes it.
std::string long_prompt(std::size_t size) {
  std::string text = "The nightly build fails since yesterday, please find out why. Here is the log:\n";
  for (std::size_t line = 0; text.size() < size; ++line)
    text += "2026-01-07 03:12:" + std::to_string(10 + line % 50) + " worker-" + std::to_string(line % 7) +
            " ERROR connection pool exhausted while reading table orders\n";
  text.resize(size);
  return text + "\nWhat should I change?";
}

}  // namespace

int latency(const std::vector<Collection>& collections, int times) {
  std::printf("collection              manifests      p50      p99      max   20 kB\n");
  for (const Collection& collection : collections) {
    std::vector<double> all;
    for (const evaluation::Prompt& prompt : collection.prompts) all.push_back(least(collection, prompt.text, times));
    std::sort(all.begin(), all.end());
    std::printf("%-22s %10zu %8.1f %8.1f %8.1f %8.1f\n", collection.name.c_str(), collection.tables.entries.size,
                all[all.size() / 2], all[std::min(all.size() - 1, all.size() * 99 / 100)], all.back(),
                least(collection, long_prompt(20'000), times));
  }
  return 0;
}

namespace {

int score(const std::vector<Collection>& collections) {
  std::printf("%s", heading().c_str());
  Sums all;
  for (const Collection& collection : collections) {
    const Sums sums = sum(collection, run(collection, {}));
    std::printf("%s", line(collection.name, sums).c_str());
    all.add(sums);
  }
  std::printf("%s", line("all", all).c_str());
  for (const Caution caution : {Caution::low, Caution::normal, Caution::high}) {
    Sums sums;
    for (const Collection& collection : collections) sums.add(sum(collection, run(collection, {}, caution)));
    const char* names[] = {"all, caution low", "all, caution normal", "all, caution high"};
    std::printf("%s", line(names[static_cast<int>(caution)], sums).c_str());
  }
  return 0;
}

int main_of(std::vector<std::string> words) {
  std::string mode;
  if (!words.empty() && words[0].substr(0, 2) == "--") {
    mode = words[0];
    words.erase(words.begin());
  }
  std::vector<Collection> collections;
  for (const std::string& word : words) {
    auto collection = load(word);
    if (!collection) {
      std::fprintf(stderr, "bench_route: %s %s\n", collection.error().path.c_str(), collection.error().message.c_str());
      return 3;
    }
    collections.push_back(*std::move(collection));
  }
  // Blocks are moved with their strings; the views are taken anew.
  for (Collection& collection : collections) collection.tables.open(collection.block);
  if (mode == "--fit") return fit(collections, true);
  if (mode == "--fit-weights") return fit(collections, false);
  if (mode.substr(0, 6) == "--try=") return try_values(collections, mode.substr(6));
  if (mode == "--ablate") return ablate(collections);
  if (mode == "--lanes") return lanes(collections);
  if (mode == "--signals") return signals(collections);
  if (mode == "--latency") return latency(collections, 30);
  return score(collections);
}

}  // namespace
}  // namespace cascade::bench

int main(int count, char** words) { return cascade::bench::main_of({words + 1, words + count}); }
