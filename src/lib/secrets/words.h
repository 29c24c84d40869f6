// The words around secrets: the rows of words.tsv, compiled in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace cascade::secrets {

using Roles = std::uint32_t;  // what a word may be, as bits; words.tsv says what each means
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

// The forms of secrets that their issuers mark: the rows of forms.tsv, compiled in.

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

// How much a value looks as if it had been drawn by chance, in integers, so that all machines agree.

// 256 * the Shannon entropy per character. 0 for an empty text.
std::uint64_t entropy_256(std::string_view value) noexcept;

// At least three bits per character, or three quarters of what so few characters can have.
bool looks_random(std::string_view value) noexcept;

bool counts_up(std::string_view value) noexcept;  // xxxx, 1234, abcd, A1B2C3: five steps of one kind in a row

// abc123xyz, xyz789abc: nothing but steps of one, three or more together.
bool is_made_of_runs(std::string_view value) noexcept;

// Of the parts between "_", "-", "." and "/": the others may be numbers of an account.
std::string_view longest_part(std::string_view value) noexcept;

// What somebody wrote where a secret goes: "your_token_here", "xxxxxxxx", "EXAMPLE1234".
bool is_stand_in(std::string_view value) noexcept;

// Whether the value, as far as it goes without white space, only says where a secret is to be found: "$GITHUB_TOKEN",
// "${{ secrets.X }}", "os.environ[...]", "op://vault/item", "/run/secrets/x", or what stands for a value: "<token>".
bool is_secret_reference(std::string_view value) noexcept;

// Passwords on command lines: "curl -u user:x", "mysql -px", "sshpass -p x".
// A row of commands.tsv, which says what each column means. Lists have blanks between their words.
struct Command {
  std::string_view program, values = {}, joined = {}, pairs = {}, sign = {}, behind = {};
};
std::span<const Command> commands() noexcept;  // sorted by program

}  // namespace cascade::secrets
