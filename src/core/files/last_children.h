// Waits for what a killed program leaves behind.
#pragma once

namespace cascade::files {

// While it lives, orphans of programs that were started become this process's own children, and at its end all children
// are waited for: the first process of a namespace ends only when all others in it have. A minute at most, because a
// machine that is busy kills slowly. REQUIRES: no child is meant to go on.
class LastChildren {
 public:
  LastChildren();
  LastChildren(const LastChildren&) = delete;
  LastChildren& operator=(const LastChildren&) = delete;
  ~LastChildren();
};

}  // namespace cascade::files
