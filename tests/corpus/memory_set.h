// Facts and questions of an invented organisation: those of ../shared/fixtures/memory, and of folders like it.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "facts/fact.h"

namespace cascade::test {

struct MemoryQuestion {
  std::string project, prompt;
  std::set<std::string> expect, wrong;
};

struct MemorySet {
  std::vector<recall::Fact> live;  // what no other fact supersedes
  std::vector<MemoryQuestion> questions;
};

// `folder`: with facts.jsonl and questions.jsonl. Nothing: it is not there.
std::optional<MemorySet> read_memory_set(const std::string& folder);

// `path`: a file of memory/pairs. Lines "F subject | text" are facts; "Q prompt" below a fact expects it, "S prompt"
// expects silence. Nothing: it is not there, or a line of it is none of these.
std::optional<MemorySet> read_memory_pairs(const std::string& path);

}  // namespace cascade::test
