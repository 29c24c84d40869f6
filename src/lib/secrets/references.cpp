// A reference is known by how it begins or by what it asks. A new store of secrets is one row of words.tsv.
#include "secrets/references.h"

#include <algorithm>

#include "secrets/words.h"
#include "text/ascii.h"

namespace cascade::secrets {
namespace {

bool is_name_letter(char c) noexcept { return letters::is_letter_or_digit(c) || c == '_'; }

bool is_upper_name(std::string_view name) noexcept { return std::none_of(name.begin(), name.end(), letters::is_lower); }

// "$GITHUB_TOKEN", "$token_2": a name. "$ecret42": more likely a password.
bool is_variable(std::string_view name) noexcept {
  if (name.empty() || letters::is_digit(name.front()) || !std::all_of(name.begin(), name.end(), is_name_letter))
    return false;
  return is_upper_name(name) || std::none_of(name.begin(), name.end(), letters::is_digit) ||
         name.find('_') != std::string_view::npos;
}

}  // namespace

bool is_secret_reference(std::string_view value) noexcept {
  if (value.size() > 1 && value.front() == '$' && is_variable(value.substr(1))) return true;
  if (value.size() > 2 && value.front() == '%' && value.back() == '%' && is_variable(value.substr(1, value.size() - 2)))
    return true;
  constexpr std::size_t longest = 16;  // of what references begin with
  return word_at(letters::to_lower(value.substr(0, longest)), roles::reference) > 0 || holds_word(value, roles::store);
}

}  // namespace cascade::secrets
