#include <cascade/manifest.h>

#include <tuple>

namespace cascade {

std::optional<Symbol> Symbol::parse(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon + 1 == text.size()) return std::nullopt;
  const std::optional<Kind> kind = parse_kind(text.substr(0, colon));
  if (!kind) return std::nullopt;
  return Symbol{*kind, std::string(text.substr(colon + 1))};
}

bool operator==(const Symbol& a, const Symbol& b) noexcept { return a.kind == b.kind && a.name == b.name; }
bool operator<(const Symbol& a, const Symbol& b) noexcept {
  return std::tie(a.kind, a.name) < std::tie(b.kind, b.name);
}

std::string to_string(const Symbol& symbol) { return std::string(to_string(symbol.kind)) + ':' + symbol.name; }

}  // namespace cascade
