#include "policy/effect_rule.h"

#include "text/names.h"

namespace cascade::evidence {

constexpr letters::Names<Kind::deploy> kind_names("push", "change", "publish", "deploy");
std::string_view to_string(Kind kind) noexcept { return kind_names.of(kind); }

std::optional<Kind> kind_of(std::string_view name) noexcept { return kind_names.find(name); }

constexpr letters::Names<Interface::browser> interface_names("cli", "http", "browser");
std::string_view to_string(Interface interface) noexcept { return interface_names.of(interface); }

std::optional<Interface> interface_of(std::string_view name) noexcept { return interface_names.find(name); }

}  // namespace cascade::evidence
