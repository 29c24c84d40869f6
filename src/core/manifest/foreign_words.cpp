// Few texts have words of these languages next to a name, so the rows are read one by one.
#include "manifest/foreign_words.h"

namespace cascade::manifest {
namespace {

constexpr unsigned char first_unspaced = 0xE3;  // the first byte of all scripts without blanks that have rows

Kinds kind_of(ForeignRole role) noexcept {
  switch (role) {
    case ForeignRole::agent: return kinds_agent;
    case ForeignRole::skill: return kinds_skill;
    case ForeignRole::command: return kinds_command;
    default: return 0;
  }
}

template <typename Meant>
std::string_view longest_match(ForeignRole role, const Meant& is_meant) noexcept {
  std::string_view found;
  for (const ForeignWord& row : foreign_words())
    if (row.role == role && row.word.size() > found.size() && is_meant(row.word)) found = row.word;
  return found;
}

template <typename Find>
UnspacedKind longest_kind(const Find& find) noexcept {
  UnspacedKind best;
  for (const ForeignRole role : {ForeignRole::agent, ForeignRole::skill, ForeignRole::command})
    if (const std::string_view word = find(role);
        word.size() > best.bytes && static_cast<unsigned char>(word.front()) >= first_unspaced)
      best = {kind_of(role), word.size()};
  return best;
}

}  // namespace

std::string_view foreign_begin(std::string_view text, ForeignRole role) noexcept {
  return longest_match(role, [text](std::string_view word) { return text.starts_with(word); });
}

std::string_view foreign_end(std::string_view text, ForeignRole role) noexcept {
  return longest_match(role, [text](std::string_view word) { return text.ends_with(word); });
}

std::string_view foreign_inside(std::string_view text, ForeignRole role) noexcept {
  std::size_t first = text.size(), length = 0;
  for (const ForeignWord& row : foreign_words()) {
    const std::size_t at = row.role == role ? text.find(row.word) : std::string_view::npos;
    if (at > first || at == std::string_view::npos || (at == first && row.word.size() <= length)) continue;
    first = at;
    length = row.word.size();
  }
  return text.substr(first, length);
}

Kinds foreign_kind_word(std::string_view word) noexcept {
  for (const ForeignWord& row : foreign_words()) {
    const Kinds kind = kind_of(row.role);
    if (kind == 0) break;  // the kinds come first in the table
    if (row.word == word) return kind;
  }
  return 0;
}

UnspacedKind unspaced_kind_at_begin(std::string_view text) noexcept {
  if (text.empty() || static_cast<unsigned char>(text.front()) < first_unspaced) return {};
  return longest_kind([text](ForeignRole role) { return foreign_begin(text, role); });
}

UnspacedKind unspaced_kind_at_end(std::string_view text) noexcept {
  if (text.empty() || static_cast<unsigned char>(text.back()) < 0x80) return {};
  return longest_kind([text](ForeignRole role) { return foreign_end(text, role); });
}

}  // namespace cascade::manifest
