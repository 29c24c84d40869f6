// What keeps a client from reading the hooks in one of its files, as people break them by hand.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "client/dialect.h"

namespace cascade::client {

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
