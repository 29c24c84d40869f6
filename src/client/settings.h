// Where a client looks for hooks, and which ones Cascade needs there.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace cascade::client {

// nested: {"hooks": {EVENT: [{"matcher": ..., "hooks": [{"type", "command", "timeout"}]}]}} among other settings.
// flat: {"version": 1, "hooks": {EVENT: [{"command": ...}]}} among other hooks.
// own_file: a file that is Cascade's alone.
enum class SettingsForm : std::uint8_t { nested, flat, own_file };

// An event that a hook waits for, and for which tools; no matcher: all.
struct WantedEvent {
  std::string_view event, matcher;
};

struct Settings {
  SettingsForm form = SettingsForm::nested;
  bool comments = false;                  // the client takes // and /* */ in the file
  std::string_view folder{};              // below the user's folder: it is there where the client is
  std::string_view user_file{};           // below the user's folder
  std::string_view home_variable{};       // names a folder that stands for the first one of user_file; empty: none
  std::string_view project_file{};        // below the project
  std::string_view project_local_file{};  // one that is not shared; empty: there is none
  std::string_view program{};             // by which the client is started
  std::uint32_t timeout = 0;              // for one call, in the client's unit
  Span<WantedEvent> events{};
  std::string_view remains{};  // what the user has to do after `cascade init`; empty: nothing
  // Where hooks may be switched off: a file below the user's folder and below a project, the key that does it, and
  // whether a text of the file does. Null: no such switch is known.
  std::string_view switch_file{}, switch_key{};
  bool (*switched_off)(std::string_view text) = nullptr;
  // How the client tells which hooks it runs: its program is called with `trust_words` and gets these lines, and the
  // answer is read. Null: it runs whatever its settings name.
  std::string_view trust_words{};
  std::string (*trust_lines)(const std::string& directory) = nullptr;
  std::uint32_t (*untrusted)(std::string_view answer, std::string_view settings_path) = nullptr;
  // own_file: its text, for a shell line that calls the hook.
  std::string (*text)(const std::string& command) = nullptr;
};

}  // namespace cascade::client
