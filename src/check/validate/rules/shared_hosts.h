// Hosts where anybody can put a script: the rows of shared_hosts.tsv, compiled in.
#pragma once

#include <span>
#include <string_view>

namespace cascade::validation {

struct SharedHost {
  std::string_view name;
};
std::span<const SharedHost> shared_hosts() noexcept;

}  // namespace cascade::validation
