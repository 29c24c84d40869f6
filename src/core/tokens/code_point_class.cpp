// Most code points are looked up in blocks of 128, four bits each; equal blocks are stored once. The few ranges behind
// the last block are searched in order.
#include "tokens/code_point_class.h"

#include <iterator>

#include "tokens/code_point_tables.h"

namespace cascade::tokens {
namespace {

constexpr char32_t block_size = 128, classes_per_word = 16;
constexpr char32_t table_end = std::size(block_of) * block_size;

}  // namespace

CodePointClass class_of(char32_t code_point) noexcept {
  if (code_point < table_end) {
    const char32_t entry = block_of[code_point / block_size] * block_size + code_point % block_size;
    return static_cast<CodePointClass>(blocks[entry / classes_per_word] >> (entry % classes_per_word * 4) & 0xF);
  }
  for (const Range& range : ranges_behind())
    if (code_point >= range.first && code_point <= range.last) return static_cast<CodePointClass>(range.value);
  return CodePointClass::other;
}

}  // namespace cascade::tokens
