// No bytes make reading a vocabulary table fault, not even behind a header whose checksum is right.
#include <cstdlib>

#include "hash/content_hash.h"
#include "tokens/vocabulary.h"

using namespace cascade;
using namespace cascade::tokens;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string table(reinterpret_cast<const char*>(data), size);
  if (size >= format::header_size) {
    const std::uint64_t sum = hash::hash64(std::string_view(table).substr(0, format::header_sum_at));
    store(table, format::header_sum_at, sum);
  }
  const auto vocabulary = Vocabulary::read(table, "fuzz");
  if (!vocabulary) return 0;
  for (const std::string_view piece : {"", "a", "hello", "aaaaaaaaaaaaaaaaaaaaaaaa", "\xFF\xFE"}) {
    std::uint32_t count = 0;
    if (!piece.empty()) count_pieces(*vocabulary, {&piece, 1}, &count);
    std::vector<Rank> ranks;
    encode_piece(*vocabulary, piece, ranks);
    if (count_piece(*vocabulary, piece) != ranks.size() || count != ranks.size()) std::abort();
    for (const Rank rank : ranks)
      if (vocabulary->text(rank).size() > size) std::abort();
  }
  return 0;
}
