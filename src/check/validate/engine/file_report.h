// The result of judging one file.
#pragma once

#include <cascade/diagnostic.h>

#include "validate/engine/suppression.h"
#include "validate/rules/facts.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::validation {

// Kept until all files are done, so that the order of threads has no effect.
struct FileReport {
  std::vector<Diagnostic> found;
  std::vector<Suppression> suppressions;
  std::optional<ManifestFacts> facts;
  std::string_view skill;  // the folder of its skill; null data: none
  std::size_t bytes = 0;
  Looks looks;  // the other files that the result depends on
};

// A report as bytes, without `skill` and facts about the file's place, which the reader fills in.
std::string bytes_of(const FileReport& report);

// The inverse; nothing: not our bytes. `looks` can be read first: take_looks() leaves the rest.
std::optional<Looks> take_looks(std::string_view& bytes);
std::optional<FileReport> report_of(std::string_view rest);

}  // namespace cascade::validation
