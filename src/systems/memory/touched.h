// Which facts speak of the file that is about to be edited, or of the command that is about to run: by the names that
// they have, never by likeness.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::memory {

// What a call touches. One of both is empty.
struct Touched {
  std::string file, command;
};

// For each fact's subject and text 0: not about it; the larger, the surer. The call is read once for all of them:
// O(words of the statements).
std::vector<std::uint32_t> speak_of(std::span<const std::string> statements, const Touched& touched);

// Words about tools: the rows of touched_words.tsv, compiled in.
enum class ToolWords : std::uint8_t {
  alike,
  manager,
  adds,
  depends,
  weak,
  shell,
  verb,
  chooses,
  rule,
  sort,
  reads,
  moves
};
struct ToolRow {
  ToolWords kind{};
  std::string_view names = {}, words = {};
};
std::span<const ToolRow> tool_rows() noexcept;

}  // namespace cascade::memory
