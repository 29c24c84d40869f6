// A disclaimer is a sentence, or what stands behind a dash, a semicolon or a bracket, that begins with one of a few
// fixed phrases. It ends with the sentence, or with the bracket that it stands in.
#include "route/build/disclaimers.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "route/build/disclaimer_leads.h"
#include "text/ascii.h"
#include "text/byte_block.h"

namespace cascade::route {
namespace {

bool begins_disclaimer(std::string_view lower) {
  return std::any_of(std::begin(disclaimers::leads), std::end(disclaimers::leads), [&](std::string_view lead) {
    return lower.starts_with(lead) && (lower.size() == lead.size() || !letters::is_word(lower[lead.size()]));
  });
}

bool ends_sentence(std::string_view text, std::size_t at) {
  return std::string_view(".!?").find(text[at]) != std::string_view::npos &&
         (at + 1 == text.size() || letters::is_space(text[at + 1]));
}

// The bytes that separate one part of a description from the next; 0: none does here.
std::size_t joint(std::string_view text, std::size_t at) {
  if (ends_sentence(text, at) || text[at] == ';' || text[at] == '(' || text[at] == '\n') return 1;
  for (const std::string_view dash : {"\xE2\x80\x94", "\xE2\x80\x93", " - "})
    if (text.substr(at).starts_with(dash)) return dash.size();
  return 0;
}

std::size_t end_of(std::string_view text, std::size_t at, bool in_bracket) {
  std::size_t depth = 0;
  for (; at < text.size(); ++at) {
    if (text[at] == ')' && depth == 0 && in_bracket) return at;
    if (text[at] == '(') ++depth;
    if (text[at] == ')' && depth > 0) --depth;
    if (depth == 0 && (ends_sentence(text, at) || text[at] == '\n')) return at;
  }
  return at;
}

}  // namespace

std::string without_disclaimers(std::string_view description) {
  const std::string lower = letters::to_lower(description);
  std::string kept;
  bool begins = true, in_bracket = false;
  for (std::size_t at = 0; at < description.size();) {
    if (begins && !letters::is_space(description[at]) && begins_disclaimer(std::string_view(lower).substr(at))) {
      at = end_of(description, at, in_bracket);
      begins = false;
      continue;
    }
    const std::size_t length = joint(description, at);
    begins = length != 0 || (begins && letters::is_space(description[at]));
    in_bracket = length != 0 ? description[at] == '(' : in_bracket;
    kept.append(description.substr(at, std::max<std::size_t>(length, 1)));
    at += std::max<std::size_t>(length, 1);
  }
  return kept;
}

// Lines are compared by hashes of their letters and digits, so that marks, blanks and case make no difference. The hash
// is the sum of a random number for each letter: lines of the same letters in another order have the same hash, which
// hardly ever happens, and a sum is three times as fast as a polynomial, whose steps wait for each other.
namespace {

// The number of each byte; 0 for bytes that do not count. A letter's two cases have one.
constexpr std::array<std::uint64_t, 256> make_numbers() {
  std::array<std::uint64_t, 256> numbers{};
  for (std::size_t c = 0; c < numbers.size(); ++c) {
    if (!letters::is_letter_or_digit(static_cast<char>(c)) && c < 0x80) continue;
    const bool upper = letters::is_upper(static_cast<char>(c));
    std::uint64_t number = (upper ? c + ('a' - 'A') : c) * 0x9e3779b97f4a7c15ULL;  // as in SplitMix64
    number = (number ^ number >> 30) * 0xbf58476d1ce4e5b9ULL;
    number = (number ^ number >> 27) * 0x94d049bb133111ebULL;
    numbers[c] = number ^ number >> 31;
  }
  return numbers;
}
constexpr std::array<std::uint64_t, 256> numbers = make_numbers();

// How often each hash was added; open addressing.
class HashCounts {
 public:
  HashCounts() : slots_(4096) {}

  void add(std::uint32_t hash) {
    Slot& slot = find(hash);
    slot.hash = hash;
    if (slot.count++ == 0 && ++used_ * 2 > slots_.size()) grow();
  }
  std::vector<std::uint32_t> from(std::size_t least) const {
    std::vector<std::uint32_t> found;
    for (const Slot& slot : slots_)
      if (slot.count >= least) found.push_back(slot.hash);
    std::sort(found.begin(), found.end());
    return found;
  }

 private:
  struct Slot {
    std::uint32_t hash = 0, count = 0;
  };
  Slot& find(std::uint32_t hash) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = (hash >> 15) & mask;  // the added hashes agree in their lowest bits
    while (slots_[at].count != 0 && slots_[at].hash != hash) at = (at + 1) & mask;
    return slots_[at];
  }
  void grow() {
    std::vector<Slot> before(slots_.size() * 2);
    before.swap(slots_);
    for (const Slot& slot : before)
      if (slot.count != 0) find(slot.hash) = slot;
  }

  std::vector<Slot> slots_;
  std::size_t used_ = 0;
};

}  // namespace

std::uint64_t fold_text(std::string_view text) noexcept {
  constexpr std::size_t step = 8;  // compilers would not unroll the loop
  static_assert(numbers[0] == 0);
  const auto add = [](const unsigned char* at) {
    return numbers[at[0]] + numbers[at[1]] + numbers[at[2]] + numbers[at[3]] + numbers[at[4]] + numbers[at[5]] +
           numbers[at[6]] + numbers[at[7]];
  };
  const auto* at = reinterpret_cast<const unsigned char*>(text.data());
  const auto* const end = at + text.size();
  std::uint64_t sum = 0;
  for (; static_cast<std::size_t>(end - at) >= step; at += step) sum += add(at);
  std::array<unsigned char, 2 * step> rest{};  // zeros, which do not count, around what is left
  if (text.size() >= step) {
    std::memcpy(rest.data(), end - step, step);
    sum += add(rest.data() + (step - static_cast<std::size_t>(end - at)));
  } else {
    for (; at != end; ++at) sum += numbers[*at];
  }
  return sum;
}

std::uint32_t fold_line(std::string_view line) noexcept {
  const std::uint64_t hash = fold_text(line);
  const auto half = static_cast<std::uint32_t>(hash >> 32);
  return hash != 0 && half == 0 ? 1 : half;
}

void append_lines(std::string_view text, std::uint32_t begin, std::vector<Line>& lines) {
  std::size_t next = 0;
  const auto append_until = [&](std::size_t end) {
    const std::string_view line = text.substr(next, end - next);
    lines.push_back(
        {begin + static_cast<std::uint32_t>(next), static_cast<std::uint32_t>(line.size()), fold_line(line)});
    next = end + 1;
  };
  letters::for_each_line_feed(text, append_until);
  if (next < text.size()) append_until(text.size());
}

std::size_t least_common(std::size_t sources) noexcept {
  constexpr std::size_t least_count = 4, least_per_cent = 4;
  return std::max(least_count, sources * least_per_cent / 100);
}

// Most hashes are rare. A first pass counts them in a small table whose slots several hashes share, which fits into a
// near cache; only hashes in a full enough slot are then counted exactly.
std::vector<std::uint32_t> common_hashes(const std::vector<Span<std::uint32_t>>& lists, std::size_t least) {
  constexpr std::size_t shared = std::size_t{1} << 15;
  std::vector<std::uint32_t> counts(shared);
  for (const Span<std::uint32_t>& list : lists)
    for (const std::uint32_t hash : list) ++counts[hash % shared];
  HashCounts exact;
  for (const Span<std::uint32_t>& list : lists)
    for (const std::uint32_t hash : list)
      if (counts[hash % shared] >= least) exact.add(hash);
  return exact.from(least);
}

}  // namespace cascade::route
