// Compares sixteen bytes at once with all marks together, since most bytes are none. The hits of 256 bytes are
// collected first and then read out; a counting sort puts them into one array, ordered by mark and then by offset.
#include "manifest/marks.h"

#include "manifest/byte_block.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace cascade::manifest {
namespace {

// Finds every mark, and also ')', '+' and ',' before a name: these sort after all marks, where nothing reads them.
ByteBlock may_be_marks(const char* from) noexcept {
  const ByteBlock at = load_block(from), next = load_block(from + 1);
  const ByteBlock parenthesis_to_slash = (at & ~7) == '(', at_or_tick = to_lower(at) == '`';
  return ((parenthesis_to_slash | (at == ':') | at_or_tick) & (next > '-')) | (at == '(');
}

constexpr std::uint8_t no_mark = mark_kinds;

constexpr std::array<std::uint8_t, 256> make_classes() {
  std::array<std::uint8_t, 256> out{};
  out.fill(no_mark);
  constexpr std::pair<char, Mark> bytes[] = {{'`', Mark::tick},   {'*', Mark::star},       {'@', Mark::at},
                                             {'/', Mark::slash},  {':', Mark::colon},      {'.', Mark::dot},
                                             {'-', Mark::hyphen}, {'(', Mark::parenthesis}};
  for (const auto& [byte, mark] : bytes) out[static_cast<unsigned char>(byte)] = static_cast<std::uint8_t>(mark);
  return out;
}
constexpr std::array<std::uint8_t, 256> classes = make_classes();

constexpr std::size_t stretch = 256;  // bytes compared before the marks among them are collected

// Adds the offsets of possible marks. REQUIRES: the byte after the stretch is readable.
void find_in_stretch(const char* text, std::size_t begin, std::vector<std::size_t>& out) {
  std::array<std::uint64_t, stretch / sizeof(std::uint64_t)> found;
  for (std::size_t at = 0; at < stretch; at += block_width) {
    const BlockHalves halves = halves_of(may_be_marks(text + at));
    std::copy(halves.begin(), halves.end(), found.begin() + at / sizeof(std::uint64_t));
  }
  for (const std::uint64_t eight : found) {
    if (eight != 0) for_each_set(eight, [&](std::size_t at) { out.push_back(begin + at); });
    begin += sizeof eight;
  }
}

std::vector<std::size_t> find_all(std::string_view text) {
  std::vector<std::size_t> out;
  out.reserve(text.size() / 16);
  std::size_t begin = 0;
  for (; begin + stretch < text.size(); begin += stretch) find_in_stretch(text.data() + begin, begin, out);
  std::array<char, stretch + 1> rest{};
  std::copy(text.begin() + static_cast<std::ptrdiff_t>(begin), text.end(), rest.begin());
  find_in_stretch(rest.data(), begin, out);
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
