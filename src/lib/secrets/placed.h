// Passwords on command lines: "curl -u user:x", "mysql -px", "sshpass -p x".
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "secrets/find.h"

namespace cascade::secrets {

// A row of commands.tsv, which says what each column means. Lists have blanks between their words.
struct Command {
  std::string_view program, values = {}, joined = {}, pairs = {}, sign = {}, behind = {};
};
std::span<const Command> commands() noexcept;  // sorted by program

// Finds what such an option gives, however much it looks like a word. A place where the password is kept ("$PASS1") and
// a word that is said about passwords ("user:password") stay.
void find_in_commands(std::string_view text, std::vector<Secret>& found);

}  // namespace cascade::secrets
