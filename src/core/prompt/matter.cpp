// Looks for each sign in each line and adds up their weights by matter; of a sign the first hit counts in full, three
// more count half, so that one frequent line does not decide alone. The matters stand in the order of their rows: what
// has a structure of its own comes before what may be inside it.
#include "prompt/matter.h"

#include <algorithm>

#include "text/ascii.h"

namespace cascade::prompt {
namespace {

constexpr std::uint32_t least = 8;         // in halves of a weight
constexpr std::uint32_t structured = 16;   // from here on the first matter wins over what is inside it
constexpr std::size_t longest_line = 240;  // bytes that are read of a line
constexpr std::size_t edge = 100;          // lines at either end

constexpr bool is_wild(char c) { return c == '#' || c == '~' || c == '*'; }

// Whether the text begins with the sign.
bool begins(std::string_view text, std::string_view sign) noexcept {
  while (!sign.empty()) {
    const char c = sign.front();
    if (is_wild(c)) {
      const std::string_view rest = sign.substr(1);
      const auto belongs = [&](char given) {
        return c == '*' || (c == '#' ? letters::is_digit(given) : !letters::is_space(given));
      };
      std::size_t length = 0;
      while (length < text.size() && belongs(text[length])) ++length;
      if (rest.empty()) return c == '*' || length > 0;
      for (std::size_t take = length + 1; take-- > (c == '*' ? 0U : 1U);)
        if (begins(text.substr(take), rest)) return true;
      return false;
    }
    if (c == '\\') sign.remove_prefix(1);
    if (text.empty() || sign.empty() || text.front() != sign.front()) return false;
    text.remove_prefix(1);
    sign.remove_prefix(1);
  }
  return true;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, std::min(end, longest_line));
    if (!line.empty()) lines.push_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (lines.size() > 2 * edge) lines.erase(lines.begin() + edge, lines.end() - static_cast<std::ptrdiff_t>(edge));
  return lines;
}

}  // namespace

bool has_sign(std::string_view line, std::string_view sign) noexcept {
  if (sign.front() == '^') return begins(letters::trim_left(line), sign.substr(1));
  const std::size_t plain = sign.front() == '\\' ? 1 : 0;
  const char first = sign[plain];
  if (is_wild(first) && plain == 0) return begins(line, sign);
  for (std::size_t at = line.find(first); at != std::string_view::npos; at = line.find(first, at + 1))
    if (begins(line.substr(at), sign)) return true;
  return false;
}

const Matter* matter_of(std::string_view text) {
  const std::vector<std::string_view> lines = lines_of(text);
  const std::span<const Matter> all = matters();
  std::vector<std::uint32_t> points(all.size());
  for (const MatterSign& sign : matter_signs()) {
    constexpr std::uint32_t most = 4;
    std::uint32_t hits = 0;
    for (const std::string_view line : lines) {
      if (hits < most && has_sign(line, sign.sign)) ++hits;
    }
    if (hits == 0) continue;
    const auto of = std::find_if(all.begin(), all.end(), [&](const Matter& m) { return m.name == sign.matter; });
    if (of != all.end()) points[static_cast<std::size_t>(of - all.begin())] += sign.weight * (hits + 1);
  }
  std::size_t best = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (points[i] >= structured) return &all[i];
    if (points[i] > points[best]) best = i;
  }
  return points[best] >= least ? &all[best] : nullptr;
}

}  // namespace cascade::prompt
