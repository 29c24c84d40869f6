// How fast tokens are counted: all Markdown files below a folder, read beforehand, one thread, warm.
//
//   bench_tokens VOCABULARY FOLDER
//
// Prints one line of JSON: {"bytes":6450000,"tokens":1548741,"least_us":31000}, the least of nine rounds after one that
// fills the caches.
#include <cascade/tokens.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace {

std::vector<std::string> read_all(const std::filesystem::path& folder) {
  std::vector<std::string> texts;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || entry.path().extension() != ".md") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    texts.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  return texts;
}

}  // namespace

int main(int count, char** words) {
  if (count != 3) return 2;
  const auto counter = cascade::TokenCounter::open(words[1]);
  if (!counter) {
    std::fprintf(stderr, "bench_tokens: %s\n", counter.error().message.c_str());
    return 2;
  }
  const std::vector<std::string> texts = read_all(words[2]);
  std::uint64_t bytes = 0, tokens = 0;
  for (const std::string& text : texts) bytes += text.size();
  long least = -1;
  for (int round = 0; round < 10; ++round) {
    const auto begin = std::chrono::steady_clock::now();
    tokens = 0;
    for (const std::string& text : texts) tokens += counter->count(text).tokens;
    const auto spent = std::chrono::steady_clock::now() - begin;
    const long us = static_cast<long>(std::chrono::duration_cast<std::chrono::microseconds>(spent).count());
    if (round > 0) least = least < 0 ? us : std::min(least, us);
  }
  std::printf("{\"bytes\":%llu,\"tokens\":%llu,\"least_us\":%ld}\n", static_cast<unsigned long long>(bytes),
              static_cast<unsigned long long>(tokens), least);
}
