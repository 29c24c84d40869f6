// The checks: one row each, and one function each in checks_<family>.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "audit/subject.h"

namespace cascade::audit {

// What a check is about: the repository, or each of its packages.
enum class Scope : std::uint8_t { repository, package };

struct Check {
  std::string_view family, name;  // "tests", "suite"; together its id, "tests/suite"
  std::uint32_t weight = 1;       // all weights add up to 100
  Scope scope = Scope::repository;
  std::string_view question;                    // what it asks
  std::string_view present, consistent, shown;  // what levels 1, 2 and 3 take
  std::string_view way;                         // the shortest way to mend it
  std::uint32_t effort = 2;                     // of that way: 1 minutes, 2 an hour, 4 a day
  std::string_view skill;                       // of the shipped library; empty: none fits
  Level (*judge)(const Subject& subject, const Package& package, Finding& finding) = nullptr;
};

std::span<const Check> checks() noexcept;
const Check* find_check(std::string_view id);  // null: there is none
std::string id_of(const Check& check);

}  // namespace cascade::audit
