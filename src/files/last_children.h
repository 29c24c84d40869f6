// Waits for what a killed program leaves behind.
#pragma once

namespace cascade::files {

// While it lives, orphans of programs that were started become this process's own children, and at its end all children
// are waited for, ten seconds at most: the first process of a namespace ends only when all others in it have. REQUIRES:
// no child is meant to go on.
class LastChildren {
 public:
  LastChildren();
  LastChildren(const LastChildren&) = delete;
  LastChildren& operator=(const LastChildren&) = delete;
  ~LastChildren();
};

}  // namespace cascade::files
