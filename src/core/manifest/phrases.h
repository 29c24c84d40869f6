// Labels and set phrases: the rows of phrase_rows.tsv, compiled in, and the one loop that reads them.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace cascade::manifest {

// phrase_rows.tsv says what each means.
enum class Says : std::uint8_t {
  not_for,
  bad,
  elsewhere,
  unfinished,
  related,
  prerequisite,
  another,
  handing_on,
  told,
  triggers,
  output,
  message,
  aside,
  aside_command,
  left_open,
  missing,
  beside,
  program,
  oneself,
  wrong,
  right,
  warning,
  relation
};
enum class Where : std::uint8_t { begins, ends, holds, word, whole };

struct Phrase {
  Says says = Says::not_for;
  Where where = Where::begins;
  std::string_view words;  // in small letters
};

std::span<const Phrase> phrases() noexcept;

// Whether the text, in any case, has one of these phrases where its row wants it.
bool says(std::string_view text, Says what) noexcept;

}  // namespace cascade::manifest
