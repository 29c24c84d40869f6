// The lines that Claude Code lists in every request without a manifest, and the room it gives to the list. Measured
// with 2.1.328 and 2.1.329 in print mode, from request bodies.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "client/facts/fact.h"
#include "client/settings_files.h"
#include "files/tree.h"

namespace cascade::client {

// The client's own lines.
Span<BuiltInLine> built_in_skills() noexcept;  // in the order of the list
Span<BuiltInLine> built_in_agents(std::string_view model) noexcept;

// The text around the lines: heading, closing sentence, tags of the older models.
struct Frame {
  std::uint16_t chars = 0, tokens = 0;
};
Frame skills_frame(std::string_view model) noexcept;
Frame agents_frame(std::string_view model) noexcept;

// The settings and environment variables that affect the list.
struct ListingSettings {
  std::uint32_t max_description = 1536;  // skillListingMaxDescChars
  std::optional<double> fraction;        // skillListingBudgetFraction
  std::uint32_t budget = 0;              // SLASH_COMMAND_TOOL_CHAR_BUDGET; 0: not set
  bool bundled = true;                   // disableBundledSkills is not set
  bool long_windows = true;              // CLAUDE_CODE_DISABLE_1M_CONTEXT is not set

  static ListingSettings read(const files::Tree& tree, const UserPlace& user, const std::string& directory,
                              std::string_view char_budget);
};

// The model's context window in tokens, and how many characters the client counts as a token: the list may take one
// hundredth. `assumed`: the name is empty or unknown, and counts as one of the newest models.
struct Room {
  std::uint32_t window = 0, chars_per_token = 0;
  bool assumed = false;
};
Room listing_room(const ListingSettings& settings, std::string_view model) noexcept;
std::uint32_t listing_budget(const ListingSettings& settings, std::string_view model) noexcept;  // UTF-16 units

}  // namespace cascade::client
