// Any bytes are cut alike by the fast way and by the rules, the pieces tile them, and counting agrees with encoding.
#include <cstdlib>
#include <vector>

#include "tokens/estimate.h"
#include "tokens/vocabulary.h"

using namespace cascade::tokens;

namespace {

std::string small_table() {
  std::vector<std::string> tokens;
  for (int byte = 0; byte < 256; ++byte) tokens.emplace_back(1, static_cast<char>(byte));
  for (const char* word : {"he", "ll", "hell", "hello", "aa", "aaa", "aaaa", "ab", "ba", "bab", " a", "--", "\xE2\x82"})
    tokens.emplace_back(word);
  return *write_vocabulary(tokens, "small");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::string table = small_table();
  static const Vocabulary vocabulary = *Vocabulary::read(table, "");
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  std::size_t at = 0;
  for_each_piece(text, [&](std::string_view piece) {
    if (piece.empty() || piece.data() != text.data() + at || at + piece.size() != scan_piece(text, at)) std::abort();
    at += piece.size();
    std::vector<Rank> ranks;
    encode_piece(vocabulary, piece, ranks);
    if (count_piece(vocabulary, piece) != ranks.size() || estimate_piece(piece) == 0) std::abort();
    std::string decoded;
    for (const Rank rank : ranks) decoded += vocabulary.text(rank);
    if (decoded != piece) std::abort();
  });
  if (at != size) std::abort();
  return 0;
}
