// What cascade.yaml says of calls that change something outside, and of those that look at it (`effects:`).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::evidence {

// push: refs. change: state elsewhere. publish: packages that others can pull. deploy: services running elsewhere.
enum class Kind : std::uint8_t { push, change, publish, deploy };
std::string_view to_string(Kind kind) noexcept;
std::optional<Kind> kind_of(std::string_view name) noexcept;

enum class Interface : std::uint8_t { cli, http, browser };
std::string_view to_string(Interface interface) noexcept;
std::optional<Interface> interface_of(std::string_view name) noexcept;

// A rule from cascade.yaml: the calls it matches, and what they are.
struct OwnRule {
  std::vector<std::string> bash, tools;  // as in policy::Declared
  enum class What : std::uint8_t { effect, witness, nothing } what = What::effect;
  Kind kind = Kind::change;
  Interface interface = Interface::cli;
  std::string target;
};

}  // namespace cascade::evidence
