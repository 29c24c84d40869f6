// Secrets recognisable only by their place: after "password is" or after a flag of a command. A value there must not
// look like a word, or texts about passwords would lose words.
#include <algorithm>
#include <string>

#include "secrets/commands.h"
#include "secrets/entropy.h"
#include "secrets/form.h"
#include "secrets/plain_passwords.h"
#include "secrets/references.h"
#include "secrets/secret.h"
#include "secrets/words.h"
#include "text/ascii.h"

namespace cascade::secrets {
namespace {

// Whether nobody would write the value as a word: digits or signs among letters.
bool is_password_like(std::string_view value) {
  if (value.size() < 6) return false;
  const bool digit = std::any_of(value.begin(), value.end(), letters::is_digit);
  const bool letter = std::any_of(value.begin(), value.end(), letters::is_letter);
  const bool sign = std::any_of(value.begin(), value.end(), [](char c) {
    return std::string_view("!@#$%^&*~+=?").find(c) != std::string_view::npos;
  });
  const bool path = value.find('/') != std::string_view::npos && !sign;
  if (path && value.size() < 20) return false;
  return (digit && letter) || (sign && (letter || digit)) || (digit && value.size() >= 8);
}

// Skips blanks, quotes and a link from a name to its value: ":", "=", "is". Returns whether there was a link.
bool pass_to_value(std::string_view lower, std::size_t& at) {
  constexpr std::size_t longest_link = 16;
  bool told = false;
  while (at < lower.size()) {
    const char c = lower[at];
    if (letters::is_blank(c) || c == '"' || c == '\'' || c == '`') {
      ++at;
    } else if (c == ':' || c == '=') {
      told = true;
      ++at;
    } else if (const std::size_t link = word_at(lower.substr(at, longest_link), roles::value_link); link > 0) {
      told = true;
      at += link;
    } else {
      break;
    }
  }
  return told;
}

// Skips " of the safe is", " for guests:", at most four words; otherwise returns the same place.
std::size_t pass_what_it_opens(std::string_view lower, std::size_t at) {
  if (word_at(lower.substr(at, 8), roles::of) == 0) return at;
  std::size_t to = at + 1;
  for (std::size_t words = 0; words < 5; ++words) {
    if (lower.substr(to, 3) == "is " || lower.substr(to, 4) == "ist ") return to;
    const std::size_t blank = lower.find(' ', to);
    if (blank == std::string_view::npos) return at;
    if (lower[blank - 1] == ':') return blank - 1;
    to = blank + 1;
  }
  return at;
}

// Whether the value has at least three kinds of characters: capitals, small letters, digits, signs.
bool is_of_three_sorts(std::string_view value) {
  const bool sign = std::any_of(value.begin(), value.end(), [](char c) {
    return std::string_view("!@#$%^&*~+=?.-_:").find(c) != std::string_view::npos;
  });
  return value.size() >= 6 && (std::any_of(value.begin(), value.end(), letters::is_upper) ? 1 : 0) +
                                      (std::any_of(value.begin(), value.end(), letters::is_lower) ? 1 : 0) +
                                      (std::any_of(value.begin(), value.end(), letters::is_digit) ? 1 : 0) +
                                      (sign ? 1 : 0) >=
                                  3;
}

std::size_t end_of_value(std::string_view text, std::size_t from) {
  std::size_t end = from;
  while (end < text.size() && !letters::is_space(text[end]) &&
         std::string_view("\"'`,;)<>").find(text[end]) == std::string_view::npos)
    ++end;
  while (end > from && (text[end - 1] == '.' || text[end - 1] == ':')) --end;
  return end;
}

// As far as a reference may go: quotes belong to it, as in `os.environ["TOKEN_2"]`.
std::string_view reference_at(std::string_view text, std::size_t from) {
  std::size_t end = from;
  while (end < text.size() && !letters::is_space(text[end]) && text[end] != ',' && text[end] != ';') ++end;
  std::string_view value = text.substr(from, end - from);
  while (!value.empty() && std::string_view("\"'`.)").find(value.back()) != std::string_view::npos)
    value.remove_suffix(1);
  return value;
}

// "correct-horse-battery": words joined only by dashes.
bool is_passphrase(std::string_view value) {
  return value.size() >= 15 && std::count(value.begin(), value.end(), '-') >= 2 && letters::is_letter(value.front()) &&
         letters::is_letter(value.back()) &&
         std::all_of(value.begin(), value.end(), [](char c) { return letters::is_letter(c) || c == '-'; });
}

// Finds the value of the name that ends at `from`.
void find_named_value(std::string_view text, std::string_view lower, std::string_view name, std::size_t from,
                      std::vector<Secret>& found) {
  const bool longer = from < lower.size() && (lower[from] == '_' || lower[from] == '-');
  if (longer) {  // PASSWORD_MIN_LENGTH=12
    from = run_end(lower, from, Letters::token);
    if (from >= lower.size() || (lower[from] != '=' && lower[from] != ':')) return;
  }
  from = pass_what_it_opens(lower, from);
  // "wifi key harbour: X", where X is not a word.
  const std::size_t word = from < lower.size() ? run_end(lower, from + 1, Letters::token) : from;
  if (is_word(name, roles::password_name) && lower.substr(from, 1) == " " && lower.substr(word, 2) == ": " &&
      is_of_three_sorts(text.substr(word + 2, end_of_value(text, word + 2) - word - 2)))
    from = word;
  bool told = pass_to_value(lower, from) || name == "bearer" || name == "basic" || name == "token" ||
              name == "secret" || name == "pass";
  const std::size_t end = end_of_value(text, from);
  const std::string_view value = text.substr(from, end - from);
  if (name == "pin" || name == "pin code" || name == "pin-code") {
    const bool of_digits =
        std::all_of(value.begin(), value.end(), [](char c) { return letters::is_digit(c) || c == '-'; });
    if ((told || name != "pin") && of_digits && value.size() >= 4 && value.size() <= 12)
      found.push_back({from, end, "pin"});
    return;
  }
  // PASSWORD_MIN_LENGTH=12 is a setting about passwords.
  if (longer && all_digits(value)) return;
  if (is_secret_reference(reference_at(text, from))) return;
  const bool pass = name.rfind("pass", 0) == 0 || (is_word(name, roles::password_name) && is_of_three_sorts(value));
  if (told && is_word(name, roles::password_name) && is_passphrase(value)) found.push_back({from, end, "password"});
  told = told || pass || (value.size() >= 16 && !all_digits(value));
  if (told && is_password_like(value) && value.find("://") == std::string_view::npos)
    found.push_back({from, end, name == "bearer" || name == "basic" ? "authorization" : "password"});
}

// "password: x", "token is x", "api_key=x", "Authorization: Bearer x", "the PIN of the safe is 4711".
void find_named_values(std::string_view text, std::vector<Secret>& found) {
  const std::string lower = letters::to_lower(text);
  const auto find = [&](std::string_view name, bool inside) {
    for (std::size_t at = lower.find(name); at != std::string::npos; at = lower.find(name, at + 1)) {
      const std::size_t from = at + name.size();
      if (!inside && at > 0 && letters::is_letter(lower[at - 1])) continue;
      if (from < lower.size() && letters::is_letter(lower[from])) continue;
      find_named_value(text, lower, name, from, found);
    }
  };
  each_word_of(roles::secret_name, [&](const Word& name) { find(name.text, false); });
  // "PGPASSWORD=x", "das Adminpasswort ist x".
  each_word_of(roles::password_name, [&](const Word& name) { find(name.text, name.text.size() > 4); });
}

// "login: admin / hunter": a user whom every system has and one word, which is not said about passwords.
bool is_plain_login(std::string_view lower, std::size_t slash, std::size_t end) {
  std::size_t user = slash;
  while (user > 0 && (letters::is_word(lower[user - 1]) || lower[user - 1] == '.')) --user;
  const std::string_view name = lower.substr(user, slash - user), value = lower.substr(slash + 3, end - slash - 3);
  const std::size_t colon = lower.substr(0, user).find_last_not_of(' ');
  constexpr Roles words = roles::joint | roles::said | roles::plain_name | roles::password_name | roles::secret_name;
  return colon != std::string_view::npos && lower[colon] == ':' && is_word(name, roles::usual_user) &&
         value.size() >= 4 &&
         (end >= lower.size() || std::string_view(",;\n.").find(lower[end]) != std::string_view::npos) &&
         std::all_of(value.begin(), value.end(), letters::is_letter) && !is_word(value, words);
}

// "login admin / x".
void find_logins(std::string_view text, std::vector<Secret>& found) {
  const std::string lower = letters::to_lower(text);
  for (std::size_t at = lower.find(" / "); at != std::string::npos; at = lower.find(" / ", at + 1)) {
    const std::size_t begin = at > 60 ? at - 60 : 0;
    const std::string_view before = std::string_view(lower).substr(begin, at - begin);
    if (!holds_word(before, roles::login)) continue;
    const std::size_t end = end_of_value(text, at + 3);
    const std::string_view value = text.substr(at + 3, end - at - 3);
    if (is_of_three_sorts(value) || is_plain_login(lower, at, at + 3 + value.size()))
      found.push_back({at + 3, end, "password"});
  }
}

}  // namespace

void find_placed(std::string_view text, std::vector<Secret>& found) {
  find_named_values(text, found);
  find_plain_passwords(text, found);
  find_logins(text, found);
  find_in_commands(text, found);
}

}  // namespace cascade::secrets
