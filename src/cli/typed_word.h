// A question to a person at a terminal.
#pragma once

#include <string>
#include <string_view>

namespace cascade::cli {

// Whether standard input is a terminal, and standard output or standard error is one too.
bool is_on_terminal() noexcept;

// Shows the text there and reads one line. REQUIRES: is_on_terminal().
bool is_word_typed(const std::string& text, std::string_view word);

}  // namespace cascade::cli
