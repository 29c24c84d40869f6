// Nodes for linked files: the lines that list a skill's files, and a node for each file that may be packed.
#pragma once

#include <cascade/bundle.h>

#include <string>
#include <string_view>
#include <vector>

#include "bundle/items.h"

namespace cascade::bundle {

// Adds the nodes after all others. Files of manifests that are not roots are skipped.
void add_files(const Registry& registry, const BundleRequest& request, const TokenCounter& counter, Items& items);

// Returns the lines that list a skill's files that are not packed, with the paths at which they can be opened and what
// each is for; empty: all are packed. Beyond the first six, only names.
//   linked files of skill:forms, to open or run where they lie:
//   - /home/ann/skills/forms/references/fields.md (28 tokens): The fields of a form
std::string files_line(const Registry& registry, const Items& items, std::uint32_t line,
                       const std::vector<std::uint8_t>& chosen);

// A skill's files, none packed. `folder`: where the skill lies.
std::vector<ListedFile> listed_files(const Registry& registry, ManifestId id, const std::string& folder,
                                     const TokenCounter& counter, const ReadFile& read);

// What a linked file is for, in its author's words.

// The first sentence that the file says about itself, on one line: the heading or first line of a page, the comment or
// docstring that a program or a table begins with. At most 100 code points; empty: it says nothing.
//   "#!/usr/bin/env python3\n\"\"\"Checks a workbook.\n" -> "Checks a workbook"
std::string file_purpose(std::string_view path, std::string_view text);

}  // namespace cascade::bundle
