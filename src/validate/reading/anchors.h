// The places of a Markdown file that a #fragment can lead to.
#pragma once

#include "validate/reading/text_model.h"

#include <set>
#include <string>
#include <string_view>

namespace cascade::validation {

// Headings and explicit ids, as letters and digits in lower case: dashes and signs differ between the programs that
// make anchors of headings.
class Anchors {
 public:
  explicit Anchors(const TextModel& text);
  bool has(std::string_view fragment) const;

 private:
  void add_html_headings(std::string_view shown);

  std::multiset<std::string> known_;
};

}  // namespace cascade::validation
