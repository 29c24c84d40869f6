// The checks: one row each, and one function each in checks_<family>.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "audit/subject.h"

namespace cascade::audit {

// What a check is about: the repository, or each of its packages.
enum class Scope : std::uint8_t { repository, package };

// A row of checks.tsv, which says what each column means.
struct Check {
  std::string_view family, name;
  std::uint32_t weight = 1;
  Scope scope = Scope::repository;
  std::string_view question;
  std::string_view present, consistent, shown;
  std::string_view way;
  std::uint32_t effort = 2;
  std::string_view skill;
  Level (*judge)(const Subject& subject, const Package& package, Finding& finding) = nullptr;
};

std::span<const Check> checks() noexcept;
const Check* find_check(std::string_view id);  // null: there is none
std::string id_of(const Check& check);

}  // namespace cascade::audit
