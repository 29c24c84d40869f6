// The keys of cascade.yaml, as settings.tsv describes them.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string_view>

namespace cascade::policy {

// Which files a key has an effect in.
enum class Place : std::uint8_t { project, user, both };

struct Setting {
  std::string_view key;            // "limits.max_depth", "leases.NAME.bash"
  std::string_view values, usual;  // in words
  Place place = Place::both;
  std::string_view topic;  // of `cascade help`
  std::string_view meaning, example;

  constexpr std::string_view outermost() const noexcept { return key.substr(0, key.find('.')); }
};

// A name that people give a file of settings, and the one that is read.
struct Stray {
  std::string_view name, right;
};

Span<Setting> settings() noexcept;  // in the order in which people read them
Span<Stray> stray_files() noexcept;

// Whether the rows of an outermost key are KEY.NAME.bash and KEY.NAME.tools alone: it then holds calls by name, and
// needs no reader of its own. All such keys.
bool holds_named_calls(std::string_view outermost) noexcept;
Span<std::string_view> keys_of_named_calls() noexcept;

// The folder of the system whose outermost key this is, if this program is built without it; otherwise empty.
std::string_view left_out_with_key(std::string_view outermost) noexcept;

// The first row of an outermost key; null: there is no such key.
const Setting* find_setting(std::string_view outermost) noexcept;

}  // namespace cascade::policy
