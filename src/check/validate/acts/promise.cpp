#include "validate/acts/promise.h"

#include <algorithm>

#include "text/ascii.h"
#include "text/one_of.h"

namespace cascade::validation {
namespace {

// Whether the word stands in the text, also with an ending ("schedules", "scheduled").
bool has_form(const std::string& text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    if (at > 0 && letters::is_word(text[at - 1])) continue;
    std::size_t end = at + word.size();
    constexpr std::size_t longest_ending = 3;
    while (end < text.size() && letters::is_letter(text[end]) && end - at - word.size() <= longest_ending) ++end;
    if (end - at - word.size() <= longest_ending) return true;
  }
  return false;
}

}  // namespace

Promise::Promise(std::string_view name, std::string_view description, std::string_view text)
    : said_(letters::to_lower(std::string(name) + " " + std::string(description))), text_(letters::to_lower(text)) {}

bool Promise::covers(std::string_view topics) const {
  while (!topics.empty()) {
    const std::size_t end = std::min(topics.find(' '), topics.size());
    if (end > 0 && has_form(said_, topics.substr(0, end))) return true;
    topics.remove_prefix(std::min(end + 1, topics.size()));
  }
  return false;
}

bool Promise::names_host(std::string_view host) const {
  if (text_.find(host) != std::string::npos) return true;
  constexpr std::size_t least = 4;  // letters of a name that says whose the host is
  while (!host.empty()) {
    const std::size_t end = std::min(host.find('.'), host.size());
    const std::string_view label = host.substr(0, end);
    const bool last = end == host.size();
    if (!last && label.size() >= least && std::any_of(label.begin(), label.end(), letters::is_letter) &&
        !letters::is_one_of(label, {"hooks", "data", "docs", "test", "example", "preview", "static", "update"}) &&
        has_form(text_, label))
      return true;
    host.remove_prefix(std::min(end + 1, host.size()));
  }
  return false;
}

}  // namespace cascade::validation
