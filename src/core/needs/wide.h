// Messages in Chinese, Japanese and Korean.
#pragma once

#include "needs/needs.h"

namespace cascade::needs {

bool is_wide(std::string_view language) noexcept;
std::vector<Need> read_wide_needs(std::string_view text, const std::vector<prompt::Part>& parts,
                                  std::string_view language);

}  // namespace cascade::needs
