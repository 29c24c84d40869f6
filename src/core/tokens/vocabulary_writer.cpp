// A hash table whose slots hold short tokens themselves, in lines that a processor fetches at once; pairs of bytes in a
// table of their own; longer texts behind them. Filled by rank, so that tokens always give the same bytes.
#include "tokens/vocabulary.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "text/ascii.h"

namespace cascade::tokens {
namespace {

Error broken(const std::string& what) { return Error{ErrorCode::malformed, what, "", ""}; }

std::string at_rank(std::size_t rank) { return "token " + std::to_string(rank); }

std::string at_line(std::size_t line) { return "line " + std::to_string(line); }

bool is_name(std::string_view name) {
  return !name.empty() && name.size() <= format::name_size &&
         name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
}

// Empty: a table can be made of them.
std::string fault_of(const std::vector<std::string>& tokens) {
  if (tokens.size() > format::most_entries) return "too many tokens";
  std::array<bool, 256> single{};
  for (std::size_t rank = 0; rank < tokens.size(); ++rank) {
    const std::string& token = tokens[rank];
    if (token.empty()) return at_rank(rank) + " is empty";
    if (token.size() > format::most_token_bytes) return at_rank(rank) + " is too long";
    if (token.size() == 1) single[static_cast<unsigned char>(token[0])] = true;
  }
  if (!std::ranges::all_of(single, [](bool there) { return there; })) return "a single byte is no token";
  return {};
}

// Two tokens a line on average: one line in twenty is too small for those that belong into it.
std::uint32_t lines_for(std::size_t tokens) { return static_cast<std::uint32_t>(tokens / 2 + 1); }

using Slot = std::array<std::uint64_t, 2>;

struct Regions {
  std::vector<Slot> slots;
  std::vector<std::uint32_t> pairs, places;
  std::string texts;
  std::uint32_t longest_token = 0, longest_way = 0;
};

// The first empty slot from the token's line on, marking the lines that are full. Nothing: a slot has the same key.
std::optional<std::size_t> take_slot(Regions& regions, const format::Key& key) {
  const std::size_t count = regions.slots.size();
  const auto lines = static_cast<std::uint32_t>(count / format::slots_in_line);
  const std::size_t home = std::size_t{format::home_of(key, lines)} * format::slots_in_line;
  for (std::size_t passed = 0;; ++passed) {
    const std::size_t place = (home + passed) % count;
    const Slot& slot = regions.slots[place];
    if (slot[1] >> format::length_shift == 0) {
      regions.longest_way = std::max(regions.longest_way, static_cast<std::uint32_t>(passed / format::slots_in_line));
      return place;
    }
    if (key.is_of(slot[0], slot[1])) return std::nullopt;
    if (place % format::slots_in_line == format::slots_in_line - 1)
      regions.slots[place + 1 - format::slots_in_line][1] |= format::onward;
  }
}

// Nothing: a token is there twice (or, for all that is known of hashes, never: two long ones have the same).
std::optional<Regions> place_all(const std::vector<std::string>& tokens) {
  Regions regions;
  regions.pairs.assign(format::pairs, no_rank);
  regions.slots.resize(lines_for(tokens.size()) * format::slots_in_line);
  for (std::size_t rank = 0; rank < tokens.size(); ++rank) {
    const std::string& token = tokens[rank];
    const format::Key key = format::key_of(token);
    const std::optional<std::size_t> place = take_slot(regions, key);
    if (!place) return std::nullopt;
    const bool is_long = token.size() > format::longest_inside;
    regions.slots[*place] = {key.first, key.second | rank << format::rank_shift | (is_long ? regions.texts.size() : 0)};
    if (is_long) regions.texts += token;
    const auto byte = [&token](std::size_t i) { return static_cast<unsigned char>(token[i]); };
    if (token.size() == 2) regions.pairs[std::size_t{byte(0)} << 8 | byte(1)] = static_cast<Rank>(rank);
    regions.places.push_back(static_cast<std::uint32_t>(*place));
    regions.longest_token = std::max(regions.longest_token, static_cast<std::uint32_t>(token.size()));
  }
  return regions;
}

std::optional<std::uint32_t> digit_of(char c) {
  if (letters::is_upper(c)) return c - 'A';
  if (letters::is_lower(c)) return c - 'a' + 26;
  if (letters::is_digit(c)) return c - '0' + 52;
  if (c == '+') return 62;
  if (c == '/') return 63;
  return std::nullopt;
}

// Padded base64 (RFC 4648, section 4).
std::optional<std::string> decode_base64(std::string_view text) {
  if (text.empty() || text.size() % 4 != 0) return std::nullopt;
  const std::size_t padding = text.size() - std::min(text.find_last_not_of('=') + 1, text.size());
  if (padding > 2) return std::nullopt;
  std::string out;
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto digit = i < text.size() - padding ? digit_of(text[i]) : 0;
    if (!digit) return std::nullopt;
    bits = bits << 6 | *digit;
    if (i % 4 != 3) continue;
    for (int shift = 16; shift >= 0; shift -= 8) out += static_cast<char>(bits >> shift & 0xFF);
    bits = 0;
  }
  out.resize(out.size() - padding);
  return out;
}

std::optional<std::size_t> parse_number(std::string_view text) {
  if (text.empty() || text.size() > 9) return std::nullopt;
  std::size_t number = 0;
  for (const char c : text) {
    if (!letters::is_digit(c)) return std::nullopt;
    number = number * 10 + static_cast<std::size_t>(c - '0');
  }
  return number;
}

}  // namespace

Result<std::string> write_vocabulary(const std::vector<std::string>& tokens, std::string_view name) {
  if (!is_name(name)) return broken("the name is not one to eight of a-z, 0-9 and '_'");
  if (std::string fault = fault_of(tokens); !fault.empty()) return broken(fault);
  const std::optional<Regions> regions = place_all(tokens);
  if (!regions) return broken("a token is there twice");
  const auto entries = static_cast<std::uint32_t>(tokens.size()), lines = lines_for(tokens.size());
  const auto text_size = static_cast<std::uint32_t>(regions->texts.size());
  const format::Layout layout = format::layout_of(entries, lines, text_size);

  std::string table(layout.file_size, '\0');
  std::uint64_t at = layout.lines_at;
  for (const Slot& slot : regions->slots)
    for (const std::uint64_t number : slot) store(table, std::exchange(at, at + sizeof number), number);
  for (const auto* numbers : {&regions->pairs, &regions->places})
    for (const std::uint32_t number : *numbers) store(table, std::exchange(at, at + sizeof number), number);
  table.replace(layout.texts_at, text_size, regions->texts);
  table.replace(0, format::magic.size(), format::magic);
  store(table, format::version_at, format::version);
  store(table, format::entries_at, entries);
  store(table, format::lines_at, lines);
  store(table, format::longest_token_at, regions->longest_token);
  store(table, format::longest_way_at, regions->longest_way);
  store(table, format::text_size_at, text_size);
  store(table, format::file_size_at, layout.file_size);
  store(table, format::content_sum_at, hash::hash64(std::string_view(table).substr(format::header_size)));
  table.replace(format::name_at, name.size(), name);
  store(table, format::header_sum_at, hash::hash64(std::string_view(table).substr(0, format::header_sum_at)));
  return table;
}

Result<std::vector<std::string>> parse_rank_file(std::string_view text) {
  std::vector<std::string> tokens;
  for (std::size_t line = 1; !text.empty(); ++line) {
    const std::string_view entry = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(entry.size() + 1, text.size()));
    const std::size_t space = entry.find(' ');
    if (space == std::string_view::npos) return broken(at_line(line) + ": expected a token and its rank");
    std::optional<std::string> token = decode_base64(entry.substr(0, space));
    if (!token) return broken(at_line(line) + ": the token is not base64");
    const std::optional<std::size_t> rank = parse_number(entry.substr(space + 1));
    if (!rank || *rank >= format::most_entries) return broken(at_line(line) + ": the rank is no number in range");
    if (*rank >= tokens.size()) tokens.resize(*rank + 1);
    if (!tokens[*rank].empty()) return broken(at_line(line) + ": the rank is there twice");
    tokens[*rank] = std::move(*token);
  }
  const auto hole = std::ranges::find(tokens, std::string());
  if (hole != tokens.end()) return broken("rank " + std::to_string(hole - tokens.begin()) + " is missing");
  return tokens;
}

}  // namespace cascade::tokens
