// The forms of secrets that their issuers mark: the rows of forms.tsv, compiled in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace cascade::secrets {

// The characters of a secret.
enum class Letters : std::uint8_t {
  alphanumeric,
  upper,  // capitals and digits
  hex,    // in either case
  digits,
  token,      // letters, digits, "_" and "-"
  tilde,      // the same, "." and "~"
  dotted,     // the same and base64's signs
  address,    // the same, ":" and "@": the rest of a path
  printable,  // all but blanks and quotes
  web,        // the parts of a JSON web token with dots between them
  block,      // a key of several lines, up to its end mark
};

// Where the mark is.
enum class Place : std::uint8_t {
  word,    // at the beginning of a word
  behind,  // the secret follows the mark, which is an address
  inside,  // characters of the secret stand before it, too
};

struct Form {
  std::string_view kind;  // "github"; in a redacted text
  std::string_view what;  // "a GitHub token"; in a finding
  std::string_view mark;
  Place place = Place::word;
  Letters letters = Letters::token;  // behind the mark
  std::size_t least = 0, most = 0;   // so many of them; most 0: any number
  std::size_t issued = 0;            // so many of them are certain; 0: any number
  Letters before = Letters::token;   // inside: in front of the mark
  std::size_t least_before = 0, most_before = 0;
  std::string_view public_beside = {};  // as in Secret
};

std::span<const Form> forms() noexcept;  // sorted by mark

bool belongs(char c, Letters letters) noexcept;

// The end of the run of such characters from `at` on, without the full stop of a sentence.
std::size_t run_end(std::string_view text, std::size_t at, Letters letters) noexcept;

}  // namespace cascade::secrets
