// The output of `cascade memory`.
#pragma once

#include <cascade/render.h>

#include <string>
#include <vector>

#include "facts/recall.h"
#include "memory/memory.h"

namespace cascade::rendering {

std::string memory_written_text(const memory::Written& written, Format format);
// What is asked of facts that both live: one line; empty: nothing.
std::string memory_question_text(const memory::Written& written);
// `next`: the start of the following page; empty on the last page.
std::string memory_list_text(const std::vector<recall::Fact>& facts, const std::string& next, Format format);
std::string memory_show_text(const recall::Fact& fact, const std::vector<recall::Fact>& history, Format format);
struct FoundFact {
  recall::Fact fact;
  recall::Recalled recalled;
};
std::string memory_search_text(const std::vector<FoundFact>& found, const recall::Signals& signals, Format format);
std::string memory_conflicts_text(const std::vector<memory::Conflict>& conflicts, Format format);
std::string memory_import_text(const memory::Imported& imported, Format format);

}  // namespace cascade::rendering
