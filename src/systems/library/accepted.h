// The findings of a library that its user accepts.
#pragma once

#include <cascade/diagnostic.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cascade::collection {

// A finding of `validate --profile install` that the user read and takes, in a file that was so; another file asks
// anew.
struct AcceptedFinding {
  std::string rule, path;
  std::uint32_t line = 0;  // 0: about the whole file
  std::string sha256;
};

// "SEC030:skills/setup/SKILL.md:14", as it is typed and shown; without a line: a finding about the whole file.
std::string word_of(const AcceptedFinding& accepted);
std::optional<AcceptedFinding> read_accepted(std::string_view word);
AcceptedFinding accepting(const Diagnostic& finding);

bool accepts(const AcceptedFinding& accepted, const Diagnostic& finding) noexcept;  // whatever the file is now

}  // namespace cascade::collection
