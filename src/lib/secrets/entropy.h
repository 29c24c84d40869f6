// How much a value looks as if it had been drawn by chance, in integers, so that all machines agree.
#pragma once

#include <cstdint>
#include <string_view>

namespace cascade::secrets {

// 256 * the Shannon entropy per character. 0 for an empty text.
std::uint64_t entropy_256(std::string_view value) noexcept;

// At least three bits per character, or three quarters of what so few characters can have.
bool looks_random(std::string_view value) noexcept;

// xxxx, 1234, abcd, A1B2C3: five steps of one kind in a row.
bool counts_up(std::string_view value) noexcept;

// abc123xyz, xyz789abc: nothing but steps of one, three or more together.
bool is_made_of_runs(std::string_view value) noexcept;

// Of the parts between "_", "-", "." and "/": the others may be numbers of an account.
std::string_view longest_part(std::string_view value) noexcept;

// The parts between "_", "-", "." and "/" are words or numbers, as in names: "config_registry_2".
bool reads_as_words(std::string_view value) noexcept;

// What somebody wrote where a secret goes: "your_token_here", "xxxxxxxx", "EXAMPLE1234".
bool is_stand_in(std::string_view value) noexcept;

// Tells where a secret is kept from the secret itself.

// Whether the value, as far as it goes without white space, only says where a secret is to be found: "$GITHUB_TOKEN",
// "${{ secrets.X }}", "os.environ[...]", "op://vault/item", "/run/secrets/x", or what stands for a value: "<token>".
bool is_secret_reference(std::string_view value) noexcept;

}  // namespace cascade::secrets
