// A program that answers questions: a line to its standard input, a line from its standard output.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string>
#include <vector>

namespace cascade::files {

class ChildProcess {
 public:
  // Starts words[0] (a path). Its standard error is ours. Error: unreadable.
  static Result<ChildProcess> start(const std::vector<std::string>& words);

  // Sends `line` and waits for the answer, both without their line end. unreadable: the program ended, or said nothing
  // for `most_milliseconds`, or more than 4 MiB; it is of no use then.
  Result<std::string> ask(const std::string& line, int most_milliseconds);

  ChildProcess(ChildProcess&& other) noexcept;
  ChildProcess& operator=(ChildProcess&& other) noexcept;
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;
  // Closes its input and kills it, without waiting for its end: that takes longer than most answers, and whoever asks
  // ends soon as well.
  ~ChildProcess();

 private:
  ChildProcess() = default;
  int process_ = -1, input_ = -1, output_ = -1;
  std::string path_, rest_;
};

}  // namespace cascade::files
