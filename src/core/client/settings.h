// Where a client configures hooks, and the hooks that Cascade needs there.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "client/facts/fact.h"

namespace cascade::client {

// nested: {"hooks": {EVENT: [{"matcher": ..., "hooks": [{"type", "command", "timeout"}]}]}} among other settings.
// flat: {"version": 1, "hooks": {EVENT: [{"command": ...}]}} among other hooks.
// own_file: a file for Cascade only.
enum class SettingsForm : std::uint8_t { nested, flat, own_file };

struct Settings {
  SettingsForm form = SettingsForm::nested;
  bool comments = false;                  // the client takes // the client accepts // and /* */ in the file
  std::string_view folder{};              // relative to the user's folder; exists if the client is installed
  std::string_view user_file{};           // relative to the user's folder
  std::string_view home_variable{};       // names a folder that replaces the first one of user_file; empty: none
  std::string_view project_file{};        // relative to the project
  std::string_view project_local_file{};  // one that is not shared; empty: none
  std::string_view program{};             // the program that starts the client
  std::uint32_t timeout = 0;              // for one call, in the client's unit
  Span<WantedEvent> events{};
  std::string_view remains{};  // what the user must do after `cascade init`; empty: nothing
  // How hooks can be switched off: a file below the user's folder and below a project, the key for it, and whether a
  // text of the file does it. Null: no such switch is known.
  std::string_view switch_file{}, switch_key{};
  bool (*switched_off)(std::string_view text) = nullptr;
  // How to ask the client which hooks it runs: its program is started with `trust_words`, gets these lines, and the
  // answer is read. Null: it runs everything in its settings.
  std::string_view trust_words{};
  std::string (*trust_lines)(const std::string& directory) = nullptr;
  std::uint32_t (*untrusted)(std::string_view answer, std::string_view settings_path) = nullptr;
  // own_file: its text, given the shell line that calls the hook.
  std::string (*text)(const std::string& command) = nullptr;
};

}  // namespace cascade::client
