#include "policy/mode.h"

#include <charconv>

#include "text/ascii.h"
#include "text/names.h"

namespace cascade::policy {

constexpr letters::Names<Mode::block> mode_names("off", "shadow", "warn", "block");
std::string_view to_string(Mode mode) noexcept { return mode_names.of(mode); }

std::optional<Fault> read_mode(const syntax::Node& value, Mode& mode, Mode on) {
  const std::string& text = value.text;
  const auto named = text == "on" || text == "true" ? on : text == "false" ? Mode::off : mode_names.find(text);
  if (!named) return Fault{value.at, "\"" + text + "\" is not a mode", "one of off, shadow, warn, block, on"};
  mode = *named;
  return std::nullopt;
}

std::optional<Fault> read_switch(const syntax::Node& value, bool& on, const char* help) {
  on = value.text == "true" || value.text == "on";
  if (on || value.text == "false" || value.text == "off") return std::nullopt;
  return Fault{value.at, "\"" + value.text + "\" is neither on nor off", help};
}

std::optional<Fault> read_number(const syntax::Node& value, std::uint32_t least, std::uint32_t most, Fault otherwise,
                                 std::uint32_t& number) {
  const char* const end = value.text.data() + value.text.size();
  const auto read = std::from_chars(value.text.data(), end, number);
  if (read.ec == std::errc() && read.ptr == end && number >= least && number <= most) return std::nullopt;
  return otherwise;
}

std::optional<Fault> read_keys(const syntax::Node& map, const std::string& where,
                               std::initializer_list<KeyReader> rows) {
  for (std::size_t i = 0; i < map.size(); ++i) {
    const std::string& key = map.key(i).text;
    const KeyReader* const row = letters::find_first(rows, &KeyReader::name, key);
    if (row == nullptr)
      return Fault{map.key(i).at, "unknown key \"" + key + "\" in " + where,
                   "known keys: " + letters::joined(rows, ", ", [](const KeyReader& one) { return one.name; })};
    if (auto fault = row->read(map.value(i))) return fault;
  }
  return std::nullopt;
}

std::string place_in(const std::string& path, const syntax::Position& at) {
  return path + ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
}

Error at_place(const Fault& fault, const std::string& path) {
  return {ErrorCode::misuse, fault.message, place_in(path, fault.at), fault.help};
}

}  // namespace cascade::policy
