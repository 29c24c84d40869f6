// Compares sixteen bytes at once with all marks together, since most bytes are none. A counting sort then puts the hits
// into one array, ordered by mark and then by offset.
#include "manifest/marks.h"

#include "text/byte_block.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <utility>

namespace cascade::manifest {
namespace {

using letters::ByteBlock;

// Finds every mark before a name or a '$', and also ')', '+' and ',' before a name: these sort after all marks, where
// nothing reads them.
constexpr auto may_be_marks = [](const char* from) noexcept {
  const ByteBlock at = letters::load_block(from), next = letters::load_block(from + 1);
  const ByteBlock parenthesis_to_slash = (at & ~7) == '(', at_or_tick = letters::to_lower(at) == '`';
  return ((parenthesis_to_slash | (at == ':') | at_or_tick) & ((next > '-') | (next == '$'))) | (at == '(');
};

constexpr std::uint8_t no_mark = mark_kinds;

constexpr std::array<std::uint8_t, 256> make_classes() {
  std::array<std::uint8_t, 256> out{};
  out.fill(no_mark);
  constexpr std::pair<char, Mark> bytes[] = {{'`', Mark::tick},   {'*', Mark::star},       {'@', Mark::at},
                                             {'/', Mark::slash},  {':', Mark::colon},      {'.', Mark::dot},
                                             {'-', Mark::hyphen}, {'(', Mark::parenthesis}};
  static_assert(std::size(bytes) == mark_kinds, "a Mark without its byte, which may_be_marks must find as well");
  for (const auto& [byte, mark] : bytes) out[static_cast<unsigned char>(byte)] = static_cast<std::uint8_t>(mark);
  return out;
}
constexpr std::array<std::uint8_t, 256> classes = make_classes();

std::vector<std::size_t> find_all(std::string_view text) {
  std::vector<std::size_t> out;
  out.reserve(text.size() / 16);
  letters::for_each_where(text, may_be_marks, [&](std::size_t at) { out.push_back(at); });
  return out;
}

}  // namespace

Marks::Marks(std::string_view text) {
  const auto class_at = [text](std::size_t at) { return classes[static_cast<unsigned char>(text[at])]; };
  const std::vector<std::size_t> found = find_all(text);
  std::array<std::size_t, mark_kinds + 2> ends{};  // of the class before
  for (const std::size_t at : found) ++ends[class_at(at) + 1];
  std::partial_sum(ends.begin(), ends.end(), ends.begin());
  std::copy_n(ends.begin(), begins_.size(), begins_.begin());
  places_.resize(found.size());
  for (const std::size_t at : found) places_[ends[class_at(at)]++] = at;
}

}  // namespace cascade::manifest
