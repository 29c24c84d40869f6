// The order of findings is part of every output, so it compares bytes and nothing that depends on a locale.
#include <cascade/diagnostic.h>

#include <tuple>

namespace cascade {

// Rule and message decide between findings at one place, so that the order never depends on which came first.
bool operator<(const Diagnostic& a, const Diagnostic& b) {
  return std::tie(a.at.path, a.at.line, a.at.column, a.rule, a.message) <
         std::tie(b.at.path, b.at.line, b.at.column, b.rule, b.message);
}

std::string_view to_string(Severity severity) noexcept {
  switch (severity) {
    case Severity::off: return "off";
    case Severity::info: return "info";
    case Severity::warning: return "warning";
    case Severity::error: return "error";
  }
  return "off";
}

// Takes only the names that to_string writes, in lower case, so that a configuration has one spelling.
std::optional<Severity> parse_severity(std::string_view text) noexcept {
  for (Severity severity : {Severity::off, Severity::info, Severity::warning, Severity::error})
    if (text == to_string(severity)) return severity;
  return std::nullopt;
}

}  // namespace cascade
