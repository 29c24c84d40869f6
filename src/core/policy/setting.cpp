#include "policy/setting.h"

#include <algorithm>

#include "client/facts/fact.h"
#include "policy/settings.h"

namespace cascade::policy {

Span<Setting> settings() noexcept { return client::all_of(tables::settings); }
Span<Stray> stray_files() noexcept { return client::all_of(tables::stray_files); }

const Setting* find_setting(std::string_view outermost) noexcept {
  const Setting* const found = std::find_if(settings().begin(), settings().end(),
                                            [&](const Setting& setting) { return setting.outermost() == outermost; });
  return found == settings().end() ? nullptr : found;
}

}  // namespace cascade::policy
