// Which logs of conversations there are, and which of them may be searched.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "cli/console.h"
#include "cli/environment.h"
#include "recall/index.h"
#include "route/tables.h"

namespace cascade::past {

// The logs of conversations of all clients, by path; those of subagents are left out, since the conversation holds what
// came of them. `folder_of` tells where a format's logs are; empty: nowhere.
std::vector<Log> find_logs(const files::Tree& tree,
                           const std::function<std::string(const transcript::Format&)>& folder_of);

// The sessions that `recall forget` dropped: a file with one id a line. A file that cannot be read holds none.
std::set<std::string> forgotten_sessions(const files::Tree& tree, const std::string& path);
std::string forgotten_text(const std::set<std::string>& sessions);

// Whether the nearest cascade.yaml at or above the folder says `past: off`, or cannot be understood.
bool keeps_to_itself(const files::Tree& tree, std::string_view folder);

// Keeps what is neither forgotten nor of a project whose cascade.yaml says `past: off`. The nearest such file at or
// above the folder decides, and each folder is looked at once.
IsKept keep_all_but(const files::Tree& tree, std::set<std::string> forgotten);

}  // namespace cascade::past

// The index of past conversations: where it lies, and how it is made anew.

namespace cascade::cli {

// Where `recall forget` writes the sessions that stay out.
std::string forgotten_path(const Environment& environment);

// The index, renewed first if a log came, grew or went. Writes it next to the ledgers. Errors: not_found (no folder for
// state), unwritable. `see` is told how far reading is.
Result<past::Index> renewed_past(const Environment& environment, const route::Tables& tables,
                                 const std::function<void(std::size_t done, std::size_t total)>& see);

// The same, taking over what did not change but for sessions that are forgotten since.
Result<past::Index> remade_past(const Environment& environment, const route::Tables& tables);

}  // namespace cascade::cli
