// The prefixes that issuers put before their secrets.
#pragma once

#include <cstddef>
#include <string_view>

namespace cascade::memory {

// Characters of a token: letters, digits, "_" and "-"; of a dotted one also dots, slashes and base64's signs.
bool is_token(char c) noexcept;
bool is_dotted(char c) noexcept;

// Returns the end of the run of such characters from `at` on, without the full stop of a sentence.
std::size_t run_end(std::string_view text, std::size_t at, bool (*alphabet)(char) noexcept) noexcept;

struct Issued {
  std::size_t length = 0;  // of the whole secret; 0: none
  std::string_view kind;
};

// Returns the secret at the beginning of `text`, recognised by its prefix.
Issued issued_at(std::string_view text) noexcept;

}  // namespace cascade::memory
