// Resolves the user's "[kind:]name[#heading[+N]]" or path.
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
  std::optional<std::uint32_t> section, further;  // further: the number of sections after it, if given
};

// Nothing if no manifest matches, or several do; the reason (with the candidates) goes to standard error. A heading
// matches as written, or else regardless of case and punctuation; a number is a section's number, with 0 for the lead.
std::optional<Item> find_item(const Registry& registry, std::string_view text, Console& console);

// The same without a heading, as a symbol for resolve() and explain().
std::optional<Symbol> find_symbol(const Registry& registry, std::string_view text, Console& console);

// Appends the symbol of each text. False at the first that has none; the reason goes to standard error.
bool find_symbols(const Registry& registry, const std::vector<std::string>& texts, std::vector<Symbol>& into,
                  Console& console);

// Fills in the roots and exclusions of a request. False on an error, or if all roots are excluded; the reason goes to
// standard error.
bool find_request(const Registry& registry, const std::vector<std::string>& roots,
                  const std::vector<std::string>& exclude, Request& into, Console& console);

}  // namespace cascade::cli
