// Words of other languages than English: the rows of foreign_words.tsv, compiled in.
#pragma once

#include "manifest/line_words.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace cascade::manifest {

// foreign_words.tsv says what each means.
enum class ForeignRole : std::uint8_t {
  agent,
  skill,
  command,
  user,
  verb_before,
  joint,
  refusal_before,
  time,
  offer,
  order_noun,
  particle,
  verb_behind,
  denial,
  occasion
};

struct ForeignWord {
  ForeignRole role = ForeignRole::agent;
  std::string_view word;
};

std::span<const ForeignWord> foreign_words() noexcept;

// The longest word of this role that the text begins or ends with; empty: none.
std::string_view foreign_begin(std::string_view text, ForeignRole role) noexcept;
std::string_view foreign_end(std::string_view text, ForeignRole role) noexcept;
// The first of them anywhere in the text, as a part of it; empty: none.
std::string_view foreign_inside(std::string_view text, ForeignRole role) noexcept;

// Of a whole word ("agente", "Habilidad", "スキル"); 0 of any other.
Kinds foreign_kind_word(std::string_view word) noexcept;

// A kind word at an end of a text whose language puts no blanks between words, and its length; none where `kind` is 0.
struct UnspacedKind {
  Kinds kind = 0;
  std::size_t bytes = 0;
};
UnspacedKind unspaced_kind_at_begin(std::string_view text) noexcept;  // "スキルを使う"
UnspacedKind unspaced_kind_at_end(std::string_view text) noexcept;    // "使用技能"

}  // namespace cascade::manifest
