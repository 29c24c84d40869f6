// Starts programs. For files/windows only.
#pragma once

#include <string>
#include <vector>

#include "files/windows/handle.h"

namespace cascade::files {

struct Spawn {
  const std::vector<std::string>& words;                  // words[0] is a path; ".exe" may be missing
  const std::vector<std::string>* environment = nullptr;  // none: ours
  std::string directory{};                                // empty: here
  HANDLE input = nullptr, output = nullptr, errors = nullptr;
  HANDLE kept = nullptr;  // one more handle that it holds until it ends
  DWORD flags = CREATE_NO_WINDOW;
};

struct Spawned {
  Handle process{}, thread{};
  DWORD id = 0;
};

// An error of the system, or 0. The program gets the handles named above and no others.
DWORD spawn(const Spawn& plan, Spawned& spawned);

// The words as one line that a program's own start splits again into the same words.
std::wstring command_line_of(const std::vector<std::string>& words);

// What a program that was ended by force ends with, as a signal's number is told elsewhere.
constexpr UINT killed = 128 + 9;
int exit_code_of(HANDLE process);

Handle nowhere();  // NUL, to read and to write
// A handle that a program to be started may inherit; NUL if there is none.
Handle to_hand_on(HANDLE handle);

}  // namespace cascade::files
