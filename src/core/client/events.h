// The events that Claude Code's hooks can wait for, and the handlers they can have: rows of facts/claude_code.tsv.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "client/dialect.h"
#include "client/facts/fact.h"

namespace cascade::client {

// The keys of a `hooks` entry.
const Event* find_event(std::string_view name) noexcept;  // null: unknown
Span<Event> events() noexcept;

const Handler* find_handler(std::string_view type) noexcept;
Span<Handler> handlers() noexcept;

// Whether a skill or command is the client's own or its administrator's, by the source that an event names (2.1.332).
bool is_own_source(std::string_view source) noexcept;

// The keys at the top of a plugin's hooks.json that the client reads, as its schema for the file has them; it drops
// others without a word.
bool is_key_of_hooks_file(std::string_view key) noexcept;

// What keeps a client from reading the hooks in one of its files, as people break them by hand.
struct HookPlace {
  const Dialect* client = nullptr;
  std::string path;
};

struct HookFileFault {
  std::uint32_t line = 0, column = 0;
  std::string message, help;
};

// Of a text that is no JSON, the first; else of each entry with a wrong type, and of each that calls us at an event
// which there is not. A text above a limit has none.
std::vector<HookFileFault> hook_file_faults(const Dialect& client, std::string_view text);

// The files of a project in which the client reads hooks.
std::vector<HookPlace> hook_files_of_project(const Dialect& client, const std::string& directory);

}  // namespace cascade::client
