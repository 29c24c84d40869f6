#include "client/entry_skill.h"

namespace cascade::client {
namespace {

constexpr std::string_view text = R"(---
name: cascade
description: Loads a skill, command or agent of the Cascade library by its name, or searches for one. Use when a [cascade] note offers one, or when a task may have a ready procedure. Args are the name, with arguments behind it, or words to search for.
---

# Cascade

What was asked for stands beside this text, in a note that begins with `[cascade]`. Where there is no such note, the hooks
are not installed or switched off: tell the user to run `cascade doctor`.
)";

}  // namespace

bool is_entry_name(std::string_view name) noexcept {
  return name == entry_skill_name || name == plugin_entry_skill_name;
}

std::string_view entry_skill_text() noexcept { return text; }

bool is_entry_skill(std::string_view file) noexcept { return file == text; }

}  // namespace cascade::client
