// What Claude Code lists in every request without a manifest, and how much room it gives to the list. Measured with
// 2.1.328 and 2.1.329 in print mode, from request bodies.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "client/user_place.h"
#include "files/tree.h"

namespace cascade::client {

// A line of the client's own. `chars`: UTF-16 units of the whole line; `tokens`: of o200k, with its line end.
// `protected_text`: its description stays when the list is above its limit.
struct BuiltInLine {
  std::string_view name;
  std::uint16_t chars = 0, tokens = 0;
  bool bundled = false;  // goes with the setting disableBundledSkills
  bool protected_text = false;
};
Span<BuiltInLine> built_in_skills() noexcept;  // in the order of the list
Span<BuiltInLine> built_in_agents(std::string_view model) noexcept;

// What stands around the lines: heading, closing sentence, tags of the older models.
struct Frame {
  std::uint16_t chars = 0, tokens = 0;
};
Frame skills_frame(std::string_view model) noexcept;
Frame agents_frame(std::string_view model) noexcept;

// The model's context window, and how many characters the client takes for a token: the list may hold one hundredth.
// An empty or unknown name counts as the client's newer models do.
struct Room {
  std::uint32_t window = 0, chars_per_token = 0;
};
Room listing_room(std::string_view model) noexcept;

// What settings and environment say about the list.
struct ListingSettings {
  std::uint32_t max_description = 1536;  // skillListingMaxDescChars
  std::optional<double> fraction;        // skillListingBudgetFraction
  std::uint32_t budget = 0;              // SLASH_COMMAND_TOOL_CHAR_BUDGET; 0: not set
  bool bundled = true;                   // disableBundledSkills is not set

  static ListingSettings read(const files::Tree& tree, const UserPlace& user, const std::string& directory,
                              std::string_view char_budget);
};
std::uint32_t listing_budget(const ListingSettings& settings, std::string_view model) noexcept;  // UTF-16 units

}  // namespace cascade::client
