// Facts about each manifest for the rules about the whole tree: small, so that no text must stay in memory.
#pragma once

#include "validate/rules/findings.h"

#include <cstdint>
#include <string>
#include <vector>

namespace cascade::validation {

struct ManifestFacts {
  ManifestId id{};
  Role role = Role::skill;
  std::string_view base;           // of its place
  std::string description, alias;  // alias: a skill's declared name, if it differs from its folder's
  std::size_t listed = 0;          // characters in the client's listing
  bool for_model = true, for_user = true, in_plugin = false;
  Location name_at, description_at, closed_at;  // closed_at: the field that closes it to the model
  bool names_itself = false;
  Location itself_at;
  // Lines that are not blank: hash and number. Only if a rule compares bodies.
  std::vector<std::uint64_t> line_hashes;
  std::vector<std::uint32_t> line_numbers;
};

ManifestFacts facts_of(const Document& document, bool with_lines);

// Checks the whole tree. `manifests` is in the order of ids, without documents.
using TreeCheck = void (*)(const Context& context, const std::vector<ManifestFacts>& manifests, Findings& findings);

}  // namespace cascade::validation
