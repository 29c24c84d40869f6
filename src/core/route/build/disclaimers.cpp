// A disclaimer is a sentence, or what stands behind a dash, a semicolon or a bracket, that begins with one of a few
// fixed phrases. It ends with the sentence, or with the bracket that it stands in.
#include "route/build/disclaimers.h"

#include <algorithm>

#include "route/build/disclaimer_leads.h"
#include "text/ascii.h"

namespace cascade::route {
namespace {

bool begins_disclaimer(std::string_view lower) {
  return std::any_of(std::begin(disclaimers::leads), std::end(disclaimers::leads), [&](std::string_view lead) {
    return lower.starts_with(lead) && (lower.size() == lead.size() || !letters::is_word(lower[lead.size()]));
  });
}

bool ends_sentence(std::string_view text, std::size_t at) {
  return std::string_view(".!?").find(text[at]) != std::string_view::npos &&
         (at + 1 == text.size() || letters::is_space(text[at + 1]));
}

// The bytes that separate one part of a description from the next; 0: none does here.
std::size_t joint(std::string_view text, std::size_t at) {
  if (ends_sentence(text, at) || text[at] == ';' || text[at] == '(' || text[at] == '\n') return 1;
  for (const std::string_view dash : {"\xE2\x80\x94", "\xE2\x80\x93", " - "})
    if (text.substr(at).starts_with(dash)) return dash.size();
  return 0;
}

std::size_t end_of(std::string_view text, std::size_t at, bool in_bracket) {
  std::size_t depth = 0;
  for (; at < text.size(); ++at) {
    if (text[at] == ')' && depth == 0 && in_bracket) return at;
    if (text[at] == '(') ++depth;
    if (text[at] == ')' && depth > 0) --depth;
    if (depth == 0 && (ends_sentence(text, at) || text[at] == '\n')) return at;
  }
  return at;
}

}  // namespace

std::string without_disclaimers(std::string_view description) {
  const std::string lower = letters::to_lower(description);
  std::string kept;
  bool begins = true, in_bracket = false;
  for (std::size_t at = 0; at < description.size();) {
    if (begins && !letters::is_space(description[at]) && begins_disclaimer(std::string_view(lower).substr(at))) {
      at = end_of(description, at, in_bracket);
      begins = false;
      continue;
    }
    const std::size_t length = joint(description, at);
    begins = length != 0 || (begins && letters::is_space(description[at]));
    in_bracket = length != 0 ? description[at] == '(' : in_bracket;
    kept.append(description.substr(at, std::max<std::size_t>(length, 1)));
    at += std::max<std::size_t>(length, 1);
  }
  return kept;
}

}  // namespace cascade::route
