// The words around secrets: the rows of words.tsv, compiled in.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace cascade::secrets {

// What a word may be, as bits. words.tsv says what each means.
using Roles = std::uint32_t;
namespace roles {
inline constexpr Roles plain_name = 1U << 0, phrase_name = 1U << 1, password_name = 1U << 2, secret_name = 1U << 3,
                       link = 1U << 4, value_link = 1U << 5, of = 1U << 6, set = 1U << 7, user = 1U << 8,
                       is_the = 1U << 9, goes_on = 1U << 10, login = 1U << 11, joint = 1U << 12, said = 1U << 13,
                       said_end = 1U << 14, said_part = 1U << 15, reference = 1U << 16, store = 1U << 17,
                       digest = 1U << 18, made_up = 1U << 19, stand_in = 1U << 20, usual_password = 1U << 21,
                       public_host = 1U << 22, assigned_name = 1U << 23, usual_user = 1U << 24;
}  // namespace roles

struct Word {
  std::string_view text;  // in small letters
  Roles roles = 0;
};

std::span<const Word> words() noexcept;  // sorted by text

bool is_word(std::string_view lower, Roles role) noexcept;

// The length of the longest word of this role that the text begins with; 0: none.
std::size_t word_at(std::string_view lower, Roles role) noexcept;

// Whether the text holds a word of this role anywhere, as letters: "example" in "AKIA...EXAMPLE". Any case.
bool holds_word(std::string_view text, Roles role) noexcept;

template <typename See>
void each_word_of(Roles role, const See& see) {
  for (const Word& word : words())
    if ((word.roles & role) != 0) see(word);
}

}  // namespace cascade::secrets
