// What judging one file gave.
#pragma once

#include <cascade/diagnostic.h>

#include "validate/engine/suppression.h"
#include "validate/rules/facts.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::validation {

// Kept until all files are done, so that the order of threads cannot show.
struct FileReport {
  std::vector<Diagnostic> found;
  std::vector<Suppression> suppressions;
  std::optional<ManifestFacts> facts;
  std::string_view skill;  // the folder of the skill that it belongs to; null data: none
  std::size_t bytes = 0;
  Looks looks;  // what it depends on beside the file
};

// A report as bytes, without `skill` and what the facts have from the file's place: those are the reader's to fill in.
std::string bytes_of(const FileReport& report);

// The inverse; nothing for bytes that are none of ours. `looks` alone can be read first: take_looks() leaves the rest.
std::optional<Looks> take_looks(std::string_view& bytes);
std::optional<FileReport> report_of(std::string_view rest);

}  // namespace cascade::validation
