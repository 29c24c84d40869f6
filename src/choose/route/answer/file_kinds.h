// The kinds of files that a prompt names: "budget.xlsx", "a .pptx".
#pragma once

#include <cstdint>
#include <vector>

#include "route/answer/prompt.h"
#include "route/tables.h"

namespace cascade::route {

// The terms of the endings that the person names, sorted; only those that a few manifests of the user's own say of
// themselves in name or description, because an ending that many of them have tells none of them apart.
std::vector<std::uint32_t> named_endings(const Tables& tables, const Prompt& prompt);

// Whether the manifest says of itself that it is for files of one of these endings.
bool is_for_files(const Tables& tables, const std::vector<std::uint32_t>& endings, std::uint32_t entry);

}  // namespace cascade::route
