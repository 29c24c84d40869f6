#include "policy/mode.h"

#include "text/names.h"

namespace cascade::policy {

constexpr letters::Names<Mode::block> mode_names("off", "shadow", "warn", "block");
std::string_view to_string(Mode mode) noexcept { return mode_names.of(mode); }
std::optional<Mode> parse_mode(std::string_view text) noexcept { return mode_names.find(text); }

std::optional<Fault> read_mode(const syntax::Node& value, Mode& mode) {
  const auto named = value.text == "on" ? Mode::block : value.text == "false" ? Mode::off : parse_mode(value.text);
  if (!named) return Fault{value.at, "\"" + value.text + "\" is not a mode", "one of off, shadow, warn, block"};
  mode = *named;
  return std::nullopt;
}

}  // namespace cascade::policy
