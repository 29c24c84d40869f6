// Where a program is that is called by its name alone.
#pragma once

#include <string>
#include <string_view>

#include "files/tree.h"

namespace cascade::files {

#ifdef _WIN32
constexpr char path_separator = ';';
constexpr std::string_view program_ending = ".exe";
#else
constexpr char path_separator = ':';
constexpr std::string_view program_ending = "";
#endif

// `path` is the value of PATH. On Windows a name without ".exe" gets that, and scripts (.cmd) are not found: no rule of
// quoting is safe for cmd.exe.
//
// The first executable file of that name in the folders of PATH; empty: there is none. Relative folders are skipped:
// they would be folders of whatever project is at hand.
std::string program_on_path(const Tree& tree, std::string_view path, std::string_view name);

// The folder as a shell lists it in PATH. Git Bash separates by ':', so there "C:/a" is "/c/a"; elsewhere it stays.
std::string in_shell_path(std::string folder);

// Where this code is on disk.

// The running program; absolute, links resolved. Empty if the system does not say.
std::string program_file();

// The shared library that holds this function, or the program that it is linked into; absolute, links resolved. Empty
// if the system does not say.
std::string own_file();

}  // namespace cascade::files
