// How the repository's own commands ended.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace cascade::audit {

// Why a command did not end by itself.
enum class Stopped : std::uint8_t { no, time, memory, processes, output, disk, confinement };
std::string_view to_string(Stopped stopped) noexcept;

struct Attempt {
  int exit_code = 0;
  std::uint64_t milliseconds = 0;
  Stopped stopped = Stopped::no;
  std::string tail;  // the end of its output

  bool passed() const { return exit_code == 0 && stopped == Stopped::no; }
};

// One command that the repository declares.
struct PlannedRun {
  std::string purpose, line, folder;       // `folder`: where it runs, relative to the root; empty: there
  std::string path;                        // what declares it
  std::uint32_t at = 0;                    // in which line
  std::vector<std::string> packages = {};  // folders that it covers
};

struct Run {
  PlannedRun plan;
  std::vector<Attempt> attempts;  // several: it was repeated to see whether it always ends alike

  bool passed() const;       // each time
  bool is_flaky() const;     // not each time alike
  bool ran_no_test = false;  // of tests: its output says so
};

}  // namespace cascade::audit
