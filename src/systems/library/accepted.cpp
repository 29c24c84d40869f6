#include "library/accepted.h"

#include <algorithm>
#include <charconv>

#include "text/ascii.h"

namespace cascade::collection {

std::string word_of(const AcceptedFinding& accepted) {
  return accepted.rule + ":" + accepted.path + (accepted.line == 0 ? "" : ":" + std::to_string(accepted.line));
}

std::optional<AcceptedFinding> read_accepted(std::string_view word) {
  AcceptedFinding accepted;
  const std::size_t colon = std::min(word.find(':'), word.size());
  accepted.rule = word.substr(0, colon);
  word.remove_prefix(std::min(colon + 1, word.size()));
  if (const std::size_t last = word.rfind(':'); last != std::string_view::npos) {
    const char *begin = word.data() + last + 1, *end = word.data() + word.size();
    const auto [stop, fault] = std::from_chars(begin, end, accepted.line);
    if (fault == std::errc() && stop == end && accepted.line != 0) word = word.substr(0, last);
  }
  accepted.path = word;
  const bool is_rule =
      !accepted.rule.empty() && std::all_of(accepted.rule.begin(), accepted.rule.end(), letters::is_name);
  if (!is_rule || accepted.path.empty()) return std::nullopt;
  return accepted;
}

AcceptedFinding accepting(const Diagnostic& finding) { return {finding.rule, finding.at.path, finding.at.line, {}}; }

bool accepts(const AcceptedFinding& accepted, const Diagnostic& finding) noexcept {
  return accepted.rule == finding.rule && accepted.path == finding.at.path && accepted.line == finding.at.line;
}

}  // namespace cascade::collection
