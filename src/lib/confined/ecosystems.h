// What declares tests, types, formats, locks and so on in each ecosystem: the rows of ecosystems.tsv, compiled in. The
// mechanism that reads them knows no ecosystem by name, so a new one is rows.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::audit {

// ecosystems.tsv says what each fact means.
struct EcosystemRow {
  std::string_view ecosystem, fact, subject, value;
};
using Rows = std::span<const EcosystemRow>;

Rows known_rows() noexcept;

constexpr std::string_view any_ecosystem = "*";

// The rows of a fact that hold in an ecosystem, those of every repository included; in order.
std::vector<const EcosystemRow*> rows_of(Rows rows, std::string_view ecosystem, std::string_view fact);
// The same of all ecosystems.
std::vector<const EcosystemRow*> all_rows_of(Rows rows, std::string_view fact);

// The parts of a text between blanks. A backtick stands for a blank in a part.
std::vector<std::string> parts_of(std::string_view text);
// The parts of the subjects of rows_of().
std::vector<std::string> subjects_of(Rows rows, std::string_view ecosystem, std::string_view fact);
// The parts between semicolons; empty ones stay.
std::vector<std::string_view> clauses_of(std::string_view text);

std::vector<std::string_view> lines_of(std::string_view text);

}  // namespace cascade::audit
