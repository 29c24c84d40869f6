// Comments with which a file silences a rule for itself, and their limits.
#pragma once

#include "validate/reading/document.h"
#include "validate/rules/findings.h"

#include <cstdint>
#include <string>
#include <vector>

namespace cascade::validation {

// `cascade-ignore RULE` applies to its line and the next one, `cascade-ignore-file RULE` to the file.
struct Suppression {
  Location at;
  std::string rule;                   // as written: id, slug or family
  std::uint32_t first = 0, last = 0;  // lines; 0 and 0: the whole file
};

// Markdown comments <!-- cascade-ignore CT001, CT002 -- reason --> and front matter comments # cascade-ignore FM007.
std::vector<Suppression> find_suppressions(const Document& document);

// Not security rules, TL005 or TL006: a file must not acquit itself of these.
bool may_be_suppressed(std::string_view rule) noexcept;

// Removes from `found`, the findings of one file, those that its suppressions cover; returns how many. Adds SU001 for
// suppressions that cover nothing, and SU002 for those that are not permitted.
std::size_t suppress(const std::vector<Suppression>& suppressions, std::vector<Diagnostic>& found, Findings& findings);

}  // namespace cascade::validation
