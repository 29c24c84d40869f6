// A program that answers questions: one line to its standard input, one line from its standard output.
#pragma once

#include <cascade/result.h>

#include <string>
#include <vector>

namespace cascade::files {

class ChildProcess {
 public:
  // Starts words[0] (a path). It shares our standard error. Error: unreadable.
  static Result<ChildProcess> start(const std::vector<std::string>& words);

  // Sends `line` and waits for the answer, both without line ends. unreadable: the program ended, was silent for
  // `most_milliseconds`, or sent more than 4 MiB; it cannot be used any more. REQUIRES: SIGPIPE is ignored.
  Result<std::string> ask(const std::string& line, int most_milliseconds);
  // Waits for a further line of the same answer.
  Result<std::string> next(int most_milliseconds);
  // Waits for exactly so many bytes of it, line ends and all. Of any length: the caller has been told it.
  Result<std::string> take(std::size_t bytes, int most_milliseconds);

  ChildProcess(ChildProcess&& other) noexcept;
  ChildProcess& operator=(ChildProcess&& other) noexcept;
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;
  // Closes its input and kills it without waiting for its end: waiting takes longer than most answers, and the caller
  // ends soon anyway.
  ~ChildProcess();

 private:
  ChildProcess() = default;
  Result<void> fill(int most_milliseconds);  // waits for more of the answer
  int process_ = -1, input_ = -1, output_ = -1;
  std::string path_, rest_;
};

}  // namespace cascade::files
