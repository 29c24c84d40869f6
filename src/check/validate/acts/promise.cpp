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

// "stripe" of api.stripe.com; empty: it is too short to say whose the host is.
std::string_view owner_of(std::string_view host) {
  constexpr std::size_t least = 4;  // letters of a name that says whose the host is
  const std::size_t last = host.rfind('.');
  if (last == std::string_view::npos || last == 0) return {};
  std::string_view owner = host.substr(0, last);  // "api.stripe", "www.shop.co"
  std::size_t dot = owner.rfind('.');
  if (dot != std::string_view::npos && owner.size() - dot - 1 < least) {
    owner = owner.substr(0, dot);
    dot = owner.rfind('.');
  }
  if (dot != std::string_view::npos) owner.remove_prefix(dot + 1);
  const bool says = owner.size() >= least && std::any_of(owner.begin(), owner.end(), letters::is_letter);
  return says && owner != "example" ? owner : std::string_view();
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
  if (host.empty()) return false;
  if (text_.find(host) != std::string::npos) return true;
  const std::string_view owner = owner_of(host);
  return !owner.empty() && has_form(text_, owner);
}

bool Promise::names_owner(std::string_view host) const {
  const std::string_view owner = owner_of(host);
  if (owner.empty()) return false;
  for (std::size_t at = text_.find(owner); at != std::string::npos; at = text_.find(owner, at + 1)) {
    const std::size_t end = at + owner.size();
    const auto is_of_address = [](char c) {
      return letters::is_letter(c) || letters::is_digit(c) || c == '.' || c == '/' || c == '@' || c == '-';
    };
    const bool begins = at == 0 || !is_of_address(text_[at - 1]);
    const bool ends = end == text_.size() || !is_of_address(text_[end]) ||
                      (text_[end] == '.' && end + 1 < text_.size() && letters::is_space(text_[end + 1]));
    if (begins && ends) return true;
  }
  return false;
}

}  // namespace cascade::validation
