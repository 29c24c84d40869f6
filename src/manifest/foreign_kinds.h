// Words for skills, agents and commands in other languages than English.
#pragma once

#include "manifest/line_words.h"

#include <cstddef>
#include <string_view>

namespace cascade::manifest {

// Of a whole word with a small or a capital letter ("agente", "Habilidad", "スキル"); 0 of any other.
Kinds foreign_kind_word(std::string_view word);

// A kind word at an end of a text whose language puts no blanks between words, and its length; none where `kind` is 0.
struct UnspacedKind {
  Kinds kind = 0;
  std::size_t bytes = 0;
};
UnspacedKind unspaced_kind_at_begin(std::string_view text);  // "スキルを使う"
UnspacedKind unspaced_kind_at_end(std::string_view text);    // "使用技能"

}  // namespace cascade::manifest
