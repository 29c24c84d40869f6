// How to write a rule's row. One header per family holds its rows, and table.cpp joins them.
#pragma once

#include <cascade/validate.h>

#include <array>

namespace cascade::validation {

inline constexpr Severity off = Severity::off, info = Severity::info, warning = Severity::warning,
                          error = Severity::error;

using BySeverity = std::array<Severity, 4>;

// For the profiles agent-skills, claude-code, cascade. For `install` table.cpp takes the rules of security.
constexpr BySeverity by(Severity standard, Severity client, Severity cascade) {
  return {standard, client, cascade, off};
}
constexpr BySeverity every(Severity severity) { return by(severity, severity, severity); }
constexpr BySeverity client(Severity severity) { return by(off, severity, severity); }
constexpr BySeverity install(Severity severity) { return {off, off, off, severity}; }
constexpr BySeverity strict(Severity severity) { return by(off, off, severity); }

}  // namespace cascade::validation
