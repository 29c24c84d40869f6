// Comments by which a file silences a rule for itself, and their limits.
#pragma once

#include "validate/reading/document.h"
#include "validate/rules/findings.h"

#include <cstdint>
#include <string>
#include <vector>

namespace cascade::validation {

// `cascade-ignore RULE` holds for its line and the next one, `cascade-ignore-file RULE` for the file.
struct Suppression {
  Location at;
  std::string rule;                   // as written: id, slug or family
  std::uint32_t first = 0, last = 0;  // lines; 0 and 0: the whole file
};

// Markdown comments <!-- cascade-ignore CT001, CT002 -- reason --> and front matter comments # cascade-ignore FM007.
std::vector<Suppression> find_suppressions(const Document& document);

// Security rules, TL005 and TL006: a file must not acquit itself of them.
bool may_be_suppressed(std::string_view rule) noexcept;

// Takes out of `found`, the findings of one file, what its suppressions cover; returns how many. Adds SU001 for those
// that cover nothing and SU002 for those that may not.
std::size_t suppress(const std::vector<Suppression>& suppressions, std::vector<Diagnostic>& found, Findings& findings);

}  // namespace cascade::validation
