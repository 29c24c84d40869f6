// A row of wrapper_rows.tsv: how to read the words before a wrapped command.
#pragma once

#include <cstddef>
#include <string_view>

namespace cascade::shell {

struct Wrapper {
  std::string_view name;
  std::string_view letters{}, names{};  // options with a value
  std::string_view verb{};              // the subcommand that starts a program; empty: any call does
  std::size_t operands = 0;
  bool assigns = false;
};

}  // namespace cascade::shell
