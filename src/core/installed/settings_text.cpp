#include "installed/settings_text.h"

#include "syntax/json.h"
#include "unicode/utf8.h"

#include <utility>

namespace cascade::init {

Marked::Marked(std::string_view whole) : text(whole) {
  if (text.substr(0, unicode::byte_order_mark.size()) != unicode::byte_order_mark) return;
  mark = unicode::byte_order_mark;
  text.remove_prefix(unicode::byte_order_mark.size());
}

Error malformed_settings(const syntax::Position& at, const std::string& what) {
  return {ErrorCode::malformed, what, std::to_string(at.line) + ":" + std::to_string(at.column),
          "mend the file by hand; Cascade does not touch what it cannot read"};
}

std::string as_json(std::string_view text, bool comments) {
  return comments ? syntax::without_comments(text) : std::string(text);
}

Result<SettingsText> read_settings(std::string_view text) {
  SettingsText settings(text);
  syntax::Parsed parsed = syntax::parse_json(text);
  for (const syntax::Fault& fault : parsed.faults)
    if (fault.kind != syntax::FaultKind::duplicate_key) return malformed_settings(fault.at, fault.message);
  settings.root = std::move(parsed.root);
  if (settings.root.kind != syntax::NodeKind::map)
    return malformed_settings(settings.root.at, "the settings are not an object");
  settings.layout = layout_of(text, settings.root, settings.places);
  return settings;
}

}  // namespace cascade::init
