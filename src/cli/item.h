// What a user means by "[kind:]name[#heading[+N]]" or by a path.
#pragma once

#include <cascade/registry.h>
#include <cascade/resolve.h>

#include "cli/console.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::cli {

struct Item {
  ManifestId id{};
  std::optional<std::uint32_t> section, further;  // further: how many sections behind it, where that was said
};

// Says on standard error what is wrong when there is none, or more than one (with the candidates). A heading is met as
// written, then regardless of case and punctuation; a number is that of the section, 0 the lead.
std::optional<Item> find_item(const Registry& registry, std::string_view text, Console& console);

// The same without a heading, as a symbol that resolve() and explain() take.
std::optional<Symbol> find_symbol(const Registry& registry, std::string_view text, Console& console);

// Appends the symbol of each; false, having said why, at the first that is none.
bool find_symbols(const Registry& registry, const std::vector<std::string>& texts, std::vector<Symbol>& into,
                  Console& console);

// The roots of a request, and what it excludes; false, having said why, also when all roots are excluded.
bool find_request(const Registry& registry, const std::vector<std::string>& roots,
                  const std::vector<std::string>& exclude, Request& into, Console& console);

}  // namespace cascade::cli
