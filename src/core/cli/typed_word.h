// Asks a person at a terminal.
#pragma once

#include <string>
#include <string_view>

namespace cascade::cli {

// Whether standard input is a terminal, and standard output or standard error is one as well.
bool is_on_terminal() noexcept;

// Shows the text and reads one line. REQUIRES: is_on_terminal().
bool is_word_typed(const std::string& text, std::string_view word);

}  // namespace cascade::cli
