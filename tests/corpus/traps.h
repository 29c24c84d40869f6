// The forty malformations of the corpora, each with what a good reader makes of it: what their tests share. Numbers and
// places are those of the list beside the corpora; where a few lines show the trap they are our own.
#pragma once

#include "corpus/corpora.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace cascade::traps {

inline constexpr const char *big = "context-cascade", *market = "wshobson-agents", *project = "my-workflow",
                            *showcase = "infrastructure-showcase";

bool absent();  // warns that the corpora are not there

const Manifest& manifest(const std::string& corpus, const std::string& path);
bool has_problem(const Manifest& found, std::string_view rule, std::uint32_t line);
// "invoked task agent:tester" for the links of one line.
std::string links(const std::string& corpus, const std::string& path, std::uint32_t line);
// The messages of one file about binding.
std::string findings(const std::string& corpus, const std::string& path);
// The path of the manifest of that name, or "none".
std::string found_as(const std::string& corpus, Kind kind, const std::string& name);

}  // namespace cascade::traps
