// What `cascade help` shows: pages of verbs and of subjects, and words of the glossary.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/console.h"
#include "cli/environment.h"
#include "cli/verbs.h"

namespace cascade::cli {

std::string help_overview(const Console& console);  // `cascade --help`
std::string short_usage();                          // `cascade`
Exit print_verb_page(const std::string& name, const Environment& environment, Console& console);

// The command that shows the page at a link's destination, "../guard.md#modes"; empty: the program has no such page.
// `folder`: below docs, of the page that has the link: "cli/", "formats/" or "".
std::string help_command(std::string_view folder, std::string_view destination);

// Whether the glossary has the word.
bool is_explained(std::string_view word);

// What a shell offers behind `cascade help`: verbs, subjects, "settings" and "topic".
std::vector<std::string> help_words();

}  // namespace cascade::cli
