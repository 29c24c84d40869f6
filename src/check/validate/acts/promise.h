// What a skill promises: its name and description, and the hosts that its text names.
#pragma once

#include <string>
#include <string_view>

namespace cascade::validation {

class Promise {
 public:
  // `text`: all that somebody reads who looks at the skill before installing it.
  Promise(std::string_view name, std::string_view description, std::string_view text);

  // Whether one of the words, or a form of it, is in the name or description. Blanks are between words.
  bool covers(std::string_view topics) const;
  // Whether the text names the host, or its owner by name ("Stripe" for api.stripe.com).
  bool names_host(std::string_view host) const;
  // Whether the text names the host's owner as a word, not only in an address.
  bool names_owner(std::string_view host) const;

 private:
  std::string said_, text_;
};

}  // namespace cascade::validation
