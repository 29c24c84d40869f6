// The table of checks: eight families of three. Weights say what a missing one costs an agent that works here.
#include "audit/checks.h"

#include <array>

#include "audit/judges.h"

namespace cascade::audit {
namespace {

#include "audit/checks.inc"

}  // namespace

std::span<const Check> checks() noexcept { return table; }

std::string id_of(const Check& check) { return std::string(check.family) + "/" + std::string(check.name); }

const Check* find_check(std::string_view id) noexcept {
  for (const Check& check : table)
    if (id.size() == check.family.size() + 1 + check.name.size() && id.substr(0, check.family.size()) == check.family &&
        id[check.family.size()] == '/' && id.substr(check.family.size() + 1) == check.name)
      return &check;
  return nullptr;
}

}  // namespace cascade::audit
