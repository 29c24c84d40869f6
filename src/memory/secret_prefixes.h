// What issuers write in front of their secrets.
#pragma once

#include <cstddef>
#include <string_view>

namespace cascade::memory {

// Of a word: letters, digits, "_" and "-". Of one with dots, slashes and base64's signs, too.
bool is_token(char c) noexcept;
bool is_dotted(char c) noexcept;

// Where the run of such characters from `at` on ends, without the full stop of a sentence.
std::size_t run_end(std::string_view text, std::size_t at, bool (*alphabet)(char) noexcept) noexcept;

struct Issued {
  std::size_t length = 0;  // of the whole secret; 0: none
  std::string_view kind;
};

// The secret that `text` begins with, known by its prefix.
Issued issued_at(std::string_view text) noexcept;

}  // namespace cascade::memory
