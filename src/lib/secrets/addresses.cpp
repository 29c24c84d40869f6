// Passwords in addresses: scheme://user:PASSWORD@host.
#include <charconv>
#include <string>

#include "secrets/entropy.h"
#include "secrets/references.h"
#include "secrets/secret.h"
#include "secrets/words.h"
#include "text/ascii.h"

namespace cascade::secrets {
namespace {

// "p%40ssw0rd" is "password": signs and digits as the letters that they stand for.
std::string plain_letters(std::string_view password) {
  constexpr std::string_view from = "@$0134578", to = "asoieastb";
  std::string out;
  for (std::size_t i = 0; i < password.size(); ++i) {
    int value = 0;
    const std::string_view code = password.substr(i + 1, 2);
    char c = password[i];
    if (c == '%' && code.size() == 2 &&
        std::from_chars(code.data(), code.data() + 2, value, 16).ptr == code.data() + 2) {
      c = static_cast<char>(value);
      i += 2;
    }
    const std::size_t stands_for = from.find(c);
    out += stands_for == std::string_view::npos ? letters::to_lower(c) : to[stands_for];
  }
  return out;
}

// A name without a dot is a machine beside this one, or a word for any host: what opens it opens nothing elsewhere.
bool is_nearby(std::string_view host) {
  host = host.substr(0, host.find_first_of("/?#:"));
  return host.find('.') == std::string_view::npos || host == "127.0.0.1" || host == "0.0.0.0";
}

// Neither the words that every tutorial has there, nor a pattern by which a program finds addresses.
bool is_certain(std::string_view password) {
  constexpr std::size_t least = 8;
  const bool digit = std::any_of(password.begin(), password.end(), letters::is_digit);
  const bool letter = std::any_of(password.begin(), password.end(), letters::is_letter);
  return password.size() >= least && digit && letter &&
         password.find_first_of("[]()+*\\^|/{$@") == std::string_view::npos && looks_random(password) &&
         !counts_up(password) && !is_made_of_runs(password) &&
         !holds_word(password, roles::made_up | roles::usual_password) &&
         !holds_word(plain_letters(password), roles::usual_password);
}

// The word for the host that an address goes on with, if the users in its addresses are public.
std::string_view public_host(std::string_view rest) {
  const std::string_view host = rest.substr(0, rest.find_first_of("/?#:"));
  std::string_view found;
  each_word_of(roles::public_host, [&](const Word& word) {
    if (host.ends_with(word.text)) found = word.text;
  });
  return found;
}

}  // namespace

void find_in_addresses(std::string_view text, std::vector<Secret>& found) {
  constexpr std::string_view scheme_end = "://";
  constexpr std::size_t longest = 2000;
  std::size_t next = 0;
  for (std::size_t at = text.find(scheme_end); at != std::string_view::npos; at = text.find(scheme_end, next)) {
    const std::size_t begin = at + scheme_end.size();
    std::size_t end = begin;
    while (end < text.size() && end - begin < longest && !letters::is_space(text[end]) &&
           std::string_view("\"'<>`").find(text[end]) == std::string_view::npos)
      ++end;
    const std::string_view rest = text.substr(begin, end - begin);
    next = begin + std::min(rest.find(scheme_end), rest.size());
    const std::size_t stop = std::min(rest.find_first_of("?#"), next - begin);
    // The last "@" ends the password, which may hold others unescaped.
    const std::size_t host = rest.substr(0, stop).rfind('@');
    if (host == std::string_view::npos) continue;
    const std::size_t colon = rest.find(':');
    const std::size_t from = colon < host ? colon + 1 : 0;  // "https://TOKEN@host" has no user
    const std::string_view password = rest.substr(from, host - from);
    if (password.empty() || password.front() == '{' || password == "***" || is_secret_reference(password)) continue;
    if (colon >= host && password.size() < 16) continue;  // a user's name
    found.push_back({begin + from, begin + host, "password-in-url", "a password", 0,
                     from > 1 && is_certain(password) && !is_nearby(rest.substr(host + 1)),
                     public_host(rest.substr(host + 1))});
  }
}

}  // namespace cascade::secrets
