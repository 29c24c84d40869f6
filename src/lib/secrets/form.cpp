#include "secrets/form.h"

#include "text/ascii.h"

namespace cascade::secrets {

bool belongs(char c, Letters letters) noexcept {
  switch (letters) {
    case Letters::alphanumeric: return letters::is_letter_or_digit(c);
    case Letters::upper: return letters::is_upper(c) || letters::is_digit(c);
    case Letters::hex: return letters::hex_value(c) >= 0;
    case Letters::digits: return letters::is_digit(c);
    case Letters::token: return letters::is_name(c);
    case Letters::tilde: return letters::is_name(c) || c == '.' || c == '~';
    case Letters::web: return letters::is_name(c) || c == '.' || c == '=';
    case Letters::dotted: return belongs(c, Letters::tilde) || c == '+' || c == '/' || c == '=';
    case Letters::address: return belongs(c, Letters::dotted) || c == ':' || c == '@';
    case Letters::printable: return c > ' ' && c < 0x7f && c != '"' && c != '\'' && c != '`';
    case Letters::block: return true;
  }
  return false;
}

std::size_t run_end(std::string_view text, std::size_t at, Letters letters) noexcept {
  const std::size_t begin = at;
  while (at < text.size() && belongs(text[at], letters)) ++at;
  while (at > begin && text[at - 1] == '.') --at;
  return at;
}

}  // namespace cascade::secrets
