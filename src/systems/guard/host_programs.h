// The programs that write to hosted repositories: the rows of host_programs.tsv, compiled in.
#pragma once

#include <span>
#include <string_view>

#include "git/words.h"

namespace cascade::repository {

// host_programs.tsv says what each column means. Lists have blanks between their words.
struct HostProgram {
  std::string_view program, host;
  std::string_view letters, names;
  std::string_view repository = {}, groups = {}, reading = {}, reads = {}, writes = {};
};
std::span<const HostProgram> host_programs() noexcept;  // sorted by program

// Null: no such program.
const HostProgram* find_host_program(std::string_view program) noexcept;

// Whether a request to a host's interface only reads: one with fields is a POST unless a method is given.
bool only_gets(const Words& words);

}  // namespace cascade::repository
