// Commands of programs that hand a line to a shell, such as `!` of an editor: the rows of escapes.tsv.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace cascade::repository {

struct Escape {
  std::string_view programs, mark;
};
std::span<const Escape> escapes() noexcept;

// Settings and variables of git that name a line that it runs or a file that it writes: the rows of git_settings.tsv.
enum class SettingKind : std::uint8_t { line, file };

struct GitSetting {
  std::string_view name;
  SettingKind kind = SettingKind::line;
};
std::span<const GitSetting> git_settings() noexcept;

}  // namespace cascade::repository
