// cascade-vocabulary RANK_FILE TABLE: makes the vocabulary table of o200k_base from its rank file. Run by
// scripts/vocabulary, which fetches and checks the rank file.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

#include "tokens/vocabulary.h"

namespace {

int fail(const std::string& path, const std::string& message) {
  std::fprintf(stderr, "cascade-vocabulary: %s: %s\n", path.c_str(), message.c_str());
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: cascade-vocabulary RANK_FILE TABLE\n");
    return 2;
  }
  const std::string rank_file = argv[1], table = argv[2];
  std::ifstream in(rank_file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!in) return fail(rank_file, "cannot read it");
  const auto tokens = cascade::tokens::parse_rank_file(text);
  if (!tokens) return fail(rank_file, tokens.error().message);
  const auto bytes = cascade::tokens::write_vocabulary(*tokens, "o200k");
  if (!bytes) return fail(rank_file, bytes.error().message);
  std::ofstream out(table, std::ios::binary);
  out.write(bytes->data(), static_cast<std::streamsize>(bytes->size()));  // more than a buffer goes out in one call
  out.close();
  return out ? 0 : fail(table, "cannot write it");
}
