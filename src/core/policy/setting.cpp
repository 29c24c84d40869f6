#include "policy/setting.h"

#include <algorithm>
#include <array>

#include "client/facts/fact.h"
#include "policy/known.h"
#include "policy/settings.h"

namespace cascade::policy {

namespace {

// What the rows say is known before the program runs: a hook asks for each key that a file has.
constexpr bool is_named_calls(std::string_view outermost) {
  bool holds = false;
  for (const Setting& setting : tables::settings) {
    if (setting.outermost() != outermost) continue;
    const std::string_view rest = setting.key.substr(outermost.size());
    if (rest != ".NAME.bash" && rest != ".NAME.tools") return false;
    holds = true;
  }
  return holds;
}

constexpr std::size_t most_named = 8;  // a table with more does not compile
struct NamedCalls {
  std::array<std::string_view, most_named> keys{};
  std::size_t count = 0;
};
constexpr NamedCalls named_calls = [] {
  NamedCalls all;
  for (const Setting& setting : tables::settings) {
    const std::string_view key = setting.outermost();
    if ((all.count == 0 || all.keys[all.count - 1] != key) && is_named_calls(key)) all.keys[all.count++] = key;
  }
  return all;
}();

constexpr std::array<bool, std::size(known_keys)> is_left_out = [] {
  std::array<bool, std::size(known_keys)> out{};
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = true;
    for (const Setting& setting : tables::settings)
      if (setting.outermost() == known_keys[i].name) out[i] = false;
  }
  return out;
}();

}  // namespace

Span<std::string_view> keys_of_named_calls() noexcept { return {named_calls.keys.data(), named_calls.count}; }

bool holds_named_calls(std::string_view outermost) noexcept {
  return std::any_of(named_calls.keys.begin(), named_calls.keys.begin() + named_calls.count,
                     [&](std::string_view key) { return key == outermost; });
}

std::string_view left_out_with_key(std::string_view outermost) noexcept {
  for (std::size_t i = 0; i < std::size(known_keys); ++i)
    if (is_left_out[i] && known_keys[i].name == outermost) return known_keys[i].folder;
  return {};
}

Span<Setting> settings() noexcept { return client::all_of(tables::settings); }
Span<Stray> stray_files() noexcept { return client::all_of(tables::stray_files); }

const Setting* find_setting(std::string_view outermost) noexcept {
  const Setting* const found = std::find_if(settings().begin(), settings().end(),
                                            [&](const Setting& setting) { return setting.outermost() == outermost; });
  return found == settings().end() ? nullptr : found;
}

}  // namespace cascade::policy
