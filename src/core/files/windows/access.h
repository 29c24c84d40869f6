// Who may open what we make, and whose a file is. For files/windows only.
#pragma once

#include <vector>

#include "files/windows/sdk.h"

namespace cascade::files {

// What a mode of open(2) asks for: if it gives others nothing, a list that names this user, the system and
// administrators alone; otherwise what the folder passes on.
class Access {
 public:
  explicit Access(unsigned mode);
  Access(const Access&) = delete;
  Access& operator=(const Access&) = delete;
  ~Access();

  SECURITY_ATTRIBUTES* attributes() const { return list_ == nullptr ? nullptr : &attributes_; }

 private:
  void* list_ = nullptr;
  mutable SECURITY_ATTRIBUTES attributes_{};
};

// Whether this user owns the file, or the group in whose name the user's files are made. False also where the system
// does not say; then GetLastError() is not 0.
bool owns(HANDLE file);

}  // namespace cascade::files
