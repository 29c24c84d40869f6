// What is wrong with the settings, for verbs that tell it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/call.h"

namespace cascade::cli {

// See workspace::setting_faults(). `directories`: absolute.
std::vector<Diagnostic> faults_of_settings(const Call& call, std::vector<std::string> directories,
                                           const std::vector<Diagnostic>& problems = {});

// Says all of it. Exit::misuse: a project's file has a key that cannot be read, so the verb's answer would be about
// other settings than those written.
std::optional<Exit> tell_faulty_settings(Call& call, std::vector<std::string> directories);

}  // namespace cascade::cli
