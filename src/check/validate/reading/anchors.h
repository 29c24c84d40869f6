// The targets in a Markdown file that a #fragment can name.
#pragma once

#include "validate/reading/text_model.h"

#include <set>
#include <string>
#include <string_view>

namespace cascade::validation {

// Headings and explicit ids, reduced to lower-case letters and digits: programs differ in how they turn dashes and
// signs in headings into anchors.
class Anchors {
 public:
  explicit Anchors(const TextModel& text);
  bool has(std::string_view fragment) const;

 private:
  void add_html_headings(std::string_view shown);

  std::multiset<std::string> known_;
};

}  // namespace cascade::validation
