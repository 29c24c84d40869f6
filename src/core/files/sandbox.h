// Bubblewrap, by which a program is confined.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cascade::files {

constexpr std::string_view sandbox_program = "/usr/bin/bwrap";

// The words that start a program without network, without other processes and with every file read-only; what it may
// have besides comes behind them.
std::vector<std::string> sandbox_words(const std::string& sandbox);

// Whether a program can be confined here. Starts one to find out.
bool can_confine(const std::string& sandbox = std::string(sandbox_program));

}  // namespace cascade::files
