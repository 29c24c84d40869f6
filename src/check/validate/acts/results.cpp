// Words decide nothing by themselves: they stand on both sides of a replacement, or in a line that passes them over.
#include "validate/acts/results.h"

#include "text/ascii.h"
#include "text/one_of.h"

namespace cascade::validation {
namespace {

constexpr std::string_view bad_results[] = {"fail",   "failed",   "failure", "failures", "error",
                                            "errors", "critical", "high",    "unsafe",   "vulnerable",
                                            "denied", "rejected", "invalid"};
constexpr std::string_view good_results[] = {"pass", "passed", "ok",   "success",  "succeeded", "low",
                                             "info", "none",   "safe", "approved", "valid"};

// The next run of letters from `at` on, behind which `at` stands then.
std::string_view next_letters(std::string_view text, std::size_t& at) {
  while (at < text.size() && !letters::is_letter(text[at])) ++at;
  const std::size_t begin = at;
  while (at < text.size() && letters::is_letter(text[at])) ++at;
  return text.substr(begin, at - begin);
}

}  // namespace

bool names_bad_result(std::string_view text) noexcept {
  for (std::size_t at = 0; at < text.size();)
    if (letters::is_one_of_lower(next_letters(text, at), bad_results)) return true;
  return false;
}

bool turns_good(std::string_view text) noexcept {
  constexpr std::size_t most_between = 8;
  for (std::size_t at = 0; at < text.size();) {
    if (!letters::is_one_of_lower(next_letters(text, at), bad_results)) continue;
    const std::size_t behind = at;
    const std::string_view next = next_letters(text, at);
    const std::string_view between = text.substr(behind, at - next.size() - behind);
    const bool apart = between.find_first_of("/|,#") != std::string_view::npos && between.find_first_of(" \n") != 0;
    if (apart && between.size() < most_between && letters::is_one_of_lower(next, good_results)) return true;
    at = behind;
  }
  return false;
}

std::string_view what_bends(std::string_view line, std::string_view strings) noexcept {
  const auto has = [&](std::string_view words) { return line.find(words) != std::string_view::npos; };
  const bool passes = has("filter(") ? has("!") : has("not in ") || has("continue");
  if (passes && names_bad_result(strings)) return "leaves bad results out";
  for (const std::string_view figure :
       {"max(score", "max(coverage", "max(rate", "max(rating", "max(percent", "max(pct"})
    if (has(figure)) return "gives a measured figure a least value";
  return {};
}

}  // namespace cascade::validation
