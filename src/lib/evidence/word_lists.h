// The words by which calls, tools and messages are judged: the rows of this folder's tables, compiled in.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

#include "evidence/lists.h"

namespace cascade::evidence {

inline bool is_in(std::span<const std::string_view> list, std::string_view word) noexcept {
  return std::find(list.begin(), list.end(), word) != list.end();
}

inline bool any_in(std::span<const std::string_view> list, std::span<const std::string> words) noexcept {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return is_in(list, word); });
}

// Whether one of the list is in the text, or begins it.
inline bool has_part(std::span<const std::string_view> list, std::string_view text) noexcept {
  return std::any_of(list.begin(), list.end(),
                     [&](std::string_view part) { return text.find(part) != std::string_view::npos; });
}
inline bool begins_with_one(std::span<const std::string_view> list, std::string_view text) noexcept {
  return std::any_of(list.begin(), list.end(), [&](std::string_view start) { return text.starts_with(start); });
}

struct DatabaseClient {
  std::string_view names, takes;
  std::string_view statement;  // options whose value is a statement
  std::string_view file;       // options whose value is a file of statements
  std::string_view host, database;
};
std::span<const DatabaseClient> database_clients() noexcept;

// Verbs of programs that only show something.
struct Shows {
  std::string_view program, verbs;
};
std::span<const Shows> showing_programs() noexcept;

// A program that runs tests if `verb` is among its words.
struct TestRunner {
  std::string_view program, verb;
};
std::span<const TestRunner> test_runners() noexcept;

// Programs that use the same names for the same things, with blanks between them.
std::span<const std::string_view> program_families() noexcept;

}  // namespace cascade::evidence
